import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { connect } from "node:net";
import { createInterface, type Interface } from "node:readline";
import { fileURLToPath } from "node:url";
import { ACCOUNT, PATH } from "./accounts.ts";
import type { DirectAnswer } from "./direct.ts";
import type { Seen } from "./watch.ts";

/** An application in a process of its own, to be attacked. */
export interface Host {
  readonly origins: Readonly<Record<"floor" | "node" | "express" | "fastify", string>>;
  /** Has it look at itself from now on. */
  watch(): Promise<void>;
  /** Hands it one request that was made to cost, past every server. */
  direct(name: string): Promise<DirectAnswer>;
  /** What it has seen since it was told to look. */
  tell(): Promise<Seen & { readonly error: number; readonly warn: number; readonly counts: Readonly<Record<string, number>> }>;
  end(): Promise<void>;
}

// of young objects V8 keeps as much again beside the heap that is asked for, whatever the program is; so their room is small here
const HEAP: readonly string[] = ["--max-old-space-size=64", "--max-semi-space-size=4", "--expose-gc"];

/** Starts a host with a heap of 64 MiB. */
export async function startHost(): Promise<Host> {
  const program = fileURLToPath(new URL("host.ts", import.meta.url));
  const child = spawn(process.execPath, [...HEAP, program], { stdio: ["pipe", "pipe", "pipe"] });
  const complaints: string[] = [];
  child.stderr.on("data", (text) => complaints.push(String(text)));
  const lines = createInterface(child.stdout);
  const answer = async (): Promise<never> => JSON.parse(await nextLine(child, lines, complaints)) as never;
  const ask = (order: string): Promise<never> => {
    child.stdin.write(`${order}\n`);
    return answer();
  };
  return {
    origins: await answer(),
    watch: () => ask("watch"),
    direct: (name) => ask(`direct ${name}`),
    tell: () => ask("tell"),
    async end() {
      child.kill("SIGKILL");
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    },
  };
}

function nextLine(child: ChildProcess, lines: Interface, complaints: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const ended = (): void => reject(new Error(`the host ended:\n${complaints.join("").slice(0, 2000)}`));
    child.once("exit", ended);
    lines.once("line", (line) => {
      child.off("exit", ended);
      resolve(line);
    });
  });
}

/** What a client saw of many requests. */
export interface Flood {
  /** How many were answered with which status. */
  readonly statuses: Readonly<Record<string, number>>;
  /** The longest time that one waited for its answer, in milliseconds. */
  readonly longestMs: number;
  /** How many waited longer than 100 ms. */
  readonly slow: number;
}

const FORM = "application/x-www-form-urlencoded";
const meta = JSON.stringify({ object: "whatsapp_business_account", entry: [{ id: "1", changes: [] }] });
const formOf = (account: string): string =>
  `AccountSid=${account}&MessageSid=SM1&From=whatsapp%3A%2B5511999990000&To=whatsapp%3A%2B1&Body=Oi`;

/** What strangers send, in turn: nothing signed, and signatures of every vendor that are made up. */
const STRANGERS: readonly { readonly headers: Readonly<Record<string, string>>; readonly body: string; readonly query?: string }[] = [
  { headers: { "content-type": "application/json" }, body: meta },
  { headers: { "x-hub-signature-256": `sha256=${"0".repeat(64)}` }, body: meta },
  { headers: { "x-hub-signature-256": "no signature" }, body: meta },
  { headers: { "content-type": FORM }, body: formOf(ACCOUNT) },
  { headers: { "content-type": FORM, "x-twilio-signature": `${"A".repeat(27)}=` }, body: formOf(ACCOUNT) },
  { headers: { "content-type": FORM, "x-twilio-signature": `${"A".repeat(27)}=` }, body: formOf(`AC${"f".repeat(32)}`) },
  { headers: { "content-type": FORM, "x-twilio-signature": `${"A".repeat(27)}=` }, body: formOf(ACCOUNT), query: `?${"a&".repeat(4000)}` },
];
const AT_ONCE = 4;
const SLOW_MS = 100;

/** Sends so many requests of strangers to the origins, four at a time, each as soon as one before it was answered. */
export async function flood(origins: readonly string[], count: number): Promise<Flood> {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const statuses: Record<string, number> = {};
  let [sent, longestMs, slow] = [0, 0, 0];
  const stranger = async (): Promise<void> => {
    while (sent < count) {
      const turn = sent;
      sent += 1;
      const began = performance.now();
      const status = await post(agent, origins[turn % origins.length] ?? "", STRANGERS[turn % STRANGERS.length]);
      const waited = performance.now() - began;
      longestMs = Math.max(longestMs, waited);
      if (waited > SLOW_MS) slow += 1;
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, stranger));
  agent.destroy();
  return { statuses, longestMs, slow };
}

function post(agent: Agent, origin: string, stranger = STRANGERS[0]): Promise<number | string> {
  return new Promise((resolve) => {
    const { headers = {}, body = "", query = "" } = stranger ?? {};
    const length = { "content-length": String(Buffer.byteLength(body)) };
    const outgoing = request(`${origin}${PATH}${query}`, { method: "POST", agent, headers: { ...headers, ...length } }, (incoming) => {
      incoming.resume().once("end", () => resolve(incoming.statusCode ?? 0));
      incoming.once("error", () => resolve("broken"));
    });
    outgoing.once("error", (error) => resolve((error as NodeJS.ErrnoException).code ?? "broken"));
    outgoing.end(body);
  });
}

/** What a client saw of a body that it sent in very small chunks. */
export interface Dribble {
  readonly status: number;
  /** How many bytes of the body it got rid of. */
  readonly sent: number;
  readonly ms: number;
}

/** Sends up to so many bytes, each in a chunk of its own, until it is answered and the connection ends. */
export async function dribble(origin: string, bytes: number, headers: Readonly<Record<string, string>>): Promise<Dribble> {
  const { port, host } = new URL(origin);
  const socket = connect(Number(port), "127.0.0.1");
  const began = performance.now();
  const lines = Object.entries({ host, "transfer-encoding": "chunked", ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`POST ${PATH} HTTP/1.1\r\n${lines.join("")}\r\n`);
  const block = Buffer.from("1\r\nx\r\n".repeat(8192));
  let [sent, status, ms] = [0, 0, 0];
  socket.on("error", () => undefined);
  socket.on("data", (data) => {
    if (status !== 0) return;
    status = Number(data.toString("latin1").slice(9, 12));
    ms = Math.round(performance.now() - began);
  });
  const closed = once(socket, "close");
  while (sent < bytes && status === 0 && !socket.destroyed) {
    sent += 8192;
    if (!socket.write(block)) await Promise.race([once(socket, "drain"), closed]).catch(() => undefined);
    else await new Promise((resolve) => setImmediate(resolve));
  }
  if (status === 0) socket.write("0\r\n\r\n");
  // a client that stops when it was answered is let go
  while (status === 0 && !socket.destroyed) await Promise.race([once(socket, "data"), closed]).catch(() => undefined);
  socket.end();
  await closed;
  return { status, sent, ms };
}

/** The head of a request that Meta might have signed. */
export const FORGED_META: Readonly<Record<string, string>> = { "x-hub-signature-256": `sha256=${"0".repeat(64)}` };

/** The head of one that Twilio might have signed. */
export const FORGED_TWILIO: Readonly<Record<string, string>> = {
  "x-twilio-signature": `${"A".repeat(27)}=`,
  "content-type": "application/x-www-form-urlencoded",
};
