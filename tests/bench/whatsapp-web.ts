import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { type AuthenticationState, initAuthCreds, type SignalDataTypeMap } from "@whiskeysockets/baileys";
import type { MemoryStore } from "../whatsapp-web/memory-store.ts";
import { type Bot, openBot } from "../whatsapp-web/open-bot.ts";
import { type Figure, milliseconds } from "./figure.ts";
import { seededStart } from "./whatsapp-web-seeds.ts";
import type { Task, Usage } from "./whatsapp-web-server.ts";

const PAIRING_AT_ONCE = 4;
const LOGINS_AT_ONCE = 8;
const TALKERS = 20;
const MESSAGES_EACH = 50;

/**
 * One WhatsApp Web server with many real Baileys clients, each side in a process of its own: how long linking and logging in take, how many
 * messages pass, what a session costs the server, and whose processor it is that they spend.
 */
export async function whatsAppWeb(sessions: number): Promise<{ readonly figures: readonly Figure[]; readonly times: string }> {
  const { empty, paired, talked, all, clientsForPairing, clientsForTalk, clients, pairing, logins, out, into } = await webCourse(sessions);
  const share = (all.cpu - empty.cpu) / clients;
  const told = (what: string, measured: string): Figure => ({ what, measured, target: "", met: undefined, binding: false });
  const talkers = Math.min(sessions, TALKERS);
  const messages = talkers * MESSAGES_EACH;
  return {
    figures: [
      milliseconds("WhatsApp Web: one more server starts", all.start, 50),
      await seededStart(sessions),
      told("WhatsApp Web: the first server starts, Baileys being loaded", `${all.firstStart.toFixed(0)} ms`),
      {
        ...told(`WhatsApp Web: sessions that are there after linking, and after a new login`, `${paired.connected}, ${all.connected}`),
        target: `${sessions}`,
        met: paired.connected === sessions && all.connected === sessions,
        binding: true,
      },
      told(`WhatsApp Web: from nothing to open by QR code, ${PAIRING_AT_ONCE} at once, p50, p95`, spread(pairing)),
      told(`WhatsApp Web: login, ${LOGINS_AT_ONCE} at once, p50, p95`, spread(logins)),
      told(`WhatsApp Web: messages of ${talkers} clients, decrypted by the contact`, `${perSecond(messages - talkers, out)}`),
      told(`WhatsApp Web: messages to ${talkers} clients, decrypted by them`, `${perSecond(messages, into)}`),
      told("WhatsApp Web: server's memory per session", `${((paired.rss - empty.rss) / sessions / 2 ** 20).toFixed(2)} MiB`),
      {
        ...told("WhatsApp Web: server's processor time over the clients'", `${share.toFixed(2)} ×`),
        target: "≤ 1.00 ×",
        met: share <= 1,
        binding: true,
      },
    ],
    times: [
      `  ${sessions} sessions; milliseconds of the processor, server and clients:`,
      `  linking       ${whole(paired.cpu - empty.cpu)} ${whole(clientsForPairing)}`,
      `  messages      ${whole(talked.cpu - paired.cpu)} ${whole(clientsForTalk)}`,
      `  logging in    ${whole(all.cpu - talked.cpu)} ${whole(clients - clientsForTalk - clientsForPairing)}`,
      `  server's memory with no session ${whole(empty.rss / 2 ** 20)} MiB, with all ${whole(paired.rss / 2 ** 20)} MiB`,
    ].join("\n"),
  };
}

/** What a course has measured: the server's usage after each part, and the clients' processor time and the clock's in milliseconds. */
export interface WebCourse {
  readonly empty: Usage;
  readonly paired: Usage;
  readonly talked: Usage;
  readonly all: Usage;
  readonly clientsForPairing: number;
  readonly clientsForTalk: number;
  /** For all of it. */
  readonly clients: number;
  readonly pairing: readonly number[];
  readonly logins: readonly number[];
  readonly out: number;
  readonly into: number;
}

/** Links so many clients, lets them talk and log in again, with the server of the checkout whose benches lie in a folder. */
export async function webCourse(sessions: number, benches: string = import.meta.dirname): Promise<WebCourse> {
  const server = serverProcess(benches);
  await server.ready;
  const { url, bob } = (await server.ask({ kind: "phones", count: sessions })) as { readonly url: string; readonly bob: string };
  const empty = await server.usage();
  const began = cpu();
  const bots: Bot[] = [];

  const pairing = await timesOf(sessions, PAIRING_AT_ONCE, async (index) => {
    const bot = openBot({ url }, {}, leanStore());
    bots[index] = bot;
    await server.ask({ kind: "scan", phone: index, qr: await bot.qr() });
    await bot.opened();
  });
  const paired = await server.usage();
  const clientsForPairing = cpu() - began;

  const talkers = bots.slice(0, TALKERS);
  for (const bot of talkers) await bot.socket.sendMessage(bob, { text: "first" });
  const out = await duration(async () => {
    await Promise.all(
      talkers.map(async (bot) => {
        for (let index = 1; index < MESSAGES_EACH; index += 1) await bot.socket.sendMessage(bob, { text: `message ${index}` });
      }),
    );
    while (!(await server.ask({ kind: "received", count: talkers.length * MESSAGES_EACH })));
  });
  const into = await duration(() =>
    Promise.all(
      talkers.map(async (bot, index) => {
        const last = bot.next("messages.upsert", ({ messages }) =>
          messages.some(({ message }) => message?.conversation === `message ${MESSAGES_EACH - 1}`),
        );
        await server.ask({ kind: "send", phone: index, count: MESSAGES_EACH });
        await last;
      }),
    ),
  );
  const talked = await server.usage();
  const clientsForTalk = cpu() - began - clientsForPairing;

  await Promise.all(bots.map((bot) => bot.end()));
  const stores = bots.map(({ store }) => store);
  const logins = await timesOf(sessions, LOGINS_AT_ONCE, async (index) => {
    const bot = openBot({ url }, {}, stores[index]);
    bots[index] = bot;
    await bot.opened();
  });
  const all = await server.usage();
  const clients = cpu() - began;
  await Promise.all(bots.map((bot) => bot.end()));
  await server.end();
  return { empty, paired, talked, all, clientsForPairing, clientsForTalk, clients, pairing, logins, out, into };
}

interface ServerProcess {
  readonly ready: Promise<unknown>;
  ask(task: Task): Promise<unknown>;
  usage(): Promise<Usage>;
  end(): Promise<void>;
}

function serverProcess(benches: string): ServerProcess {
  const child: ChildProcess = fork(join(benches, "whatsapp-web-server.ts"), { execArgv: ["--expose-gc"] });
  const waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  let last = 0;
  child.on("message", ({ id, result, error }: { readonly id: number; readonly result?: unknown; readonly error?: string }) => {
    const { resolve, reject } = waiting.get(id) ?? {};
    waiting.delete(id);
    if (error === undefined) resolve?.(result);
    else reject?.(new Error(error));
  });
  child.once("exit", (code) => {
    for (const { reject } of waiting.values()) reject(new Error(`the server's process ended with ${code}`));
  });
  const answer = (id: number): Promise<unknown> => new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
  const ask = (task: Task): Promise<unknown> => {
    last += 1;
    const answered = answer(last);
    child.send({ id: last, task });
    return answered;
  };
  return {
    ready: answer(0),
    ask,
    usage: async () => (await ask({ kind: "usage" })) as Usage,
    end: async () => void (await ask({ kind: "end" })),
  };
}

// values as they are: a database's share of the work would be the clients', and flatter the server
function leanStore(): MemoryStore {
  const rows = new Map<string, unknown>();
  const creds = initAuthCreds();
  const get: AuthenticationState["keys"]["get"] = async (type, ids) => {
    const found = ids.map((id) => [id, rows.get(`${type}/${id}`)] as const).filter(([, value]) => value != null);
    return Object.fromEntries(found) as Record<string, SignalDataTypeMap[typeof type]>;
  };
  const set: AuthenticationState["keys"]["set"] = async (data) => {
    for (const [type, values] of Object.entries(data)) {
      for (const [id, value] of Object.entries(values ?? {})) rows.set(`${type}/${id}`, value);
    }
  };
  return { credentials: undefined, freeze: () => {}, state: () => ({ auth: { creds, keys: { get, set } }, save: () => {} }) };
}

/** How long each run took in milliseconds, so many of them at once. */
async function timesOf(count: number, atOnce: number, run: (index: number) => Promise<void>): Promise<readonly number[]> {
  const times: number[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) times.push(await duration(() => run(index)));
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return times.sort((left, right) => left - right);
}

async function duration(work: () => Promise<unknown>): Promise<number> {
  const before = performance.now();
  await work();
  return performance.now() - before;
}

function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

function spread(sorted: readonly number[]): string {
  const at = (part: number): string => (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0).toFixed(0);
  return `${at(0.5)} ms, ${at(0.95)} ms`;
}

function perSecond(messages: number, spentMs: number): string {
  return `${((messages * 1_000) / spentMs).toFixed(0)} a second`;
}

function whole(value: number): string {
  return value.toFixed(0).padStart(7);
}
