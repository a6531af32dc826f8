import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import type { MessageRow } from "@wadesk/core";
import { createWhatsAppWeb, type LinkedClient, type Phone } from "@wadesk/testing/whatsapp-web";
import { onTestFinished, vi } from "vitest";
import type { PhonePlan } from "../host/phone-host.ts";
import { openStorage } from "../host/plan.ts";
import type { TestDatabase } from "./databases.ts";
import { openProcesses, type RunningProgram } from "./host-process.ts";
import { quickClock } from "./quick-clock.ts";

/** What is known when a host that was killed again and again has come to rest. */
export interface PhoneEvidence {
  /** What contacts have written, by WhatsApp's ids. */
  readonly written: readonly string[];
  /** How many stanzas WhatsApp holds for the host. */
  readonly waiting: number;
  /** The keys of the events that the database saw completed. */
  readonly completed: readonly string[];
  /** What came to the phones of the contacts. */
  readonly arrived: readonly string[];
  /** What a phone could not read, and never got in another way. */
  readonly unread: readonly string[];
  /** The rows of what the host has sent. */
  readonly rows: readonly MessageRow[];
  readonly ids: ReadonlyMap<string, string>;
  readonly deaths: number;
}

/** How a host is tried. */
export interface PhoneOrdeal {
  readonly random: () => number;
  readonly deaths: number;
  /** How many messages contacts write; each is answered. */
  readonly messages: number;
}

/** Two numbers of one process, to which everybody writes. */
const SHOPS = ["15550001111", "15550001112"];
const CONTACTS = ["15550002222", "15550003333", "15550004444"];

/** Lets contacts talk to a host that is killed meanwhile. */
export async function endurePhone(database: TestDatabase, { random, deaths, messages }: PhoneOrdeal): Promise<PhoneEvidence> {
  // one that dies between a token and its row gives another
  const web = await createWhatsAppWeb({ repeatedTokens: "allowed" });
  onTestFinished(() => web.close());
  const shops = SHOPS.map((number) => web.addPhone({ number, name: "Shop" }));
  for (const shop of shops) shop.planHistory({ type: "initial", progress: 100, isInline: true });
  const contacts = CONTACTS.map((number) => web.addPhone({ number }));
  const journal = join(database.folder, "phone-journal");
  await appendFile(journal, "");
  const plan: PhonePlan = { database: database.plan, journal, url: web.url, rootKey: web.rootKey, since: Date.now() };
  const processes = openProcesses();
  let host = processes.start("phone-host.ts", { ...plan, link: SHOPS.map((number) => `+${number}`) });
  for (const shop of shops) await link(host, shop);
  listen(host);
  const clients = shops.map(({ clients: [client] }) => {
    if (client === undefined) throw new Error("nothing was linked");
    return client;
  });

  const written: string[] = [];
  let died = 0;
  // to both numbers at once: what a process does for one of them happens while it does the same for the other
  const write = (): void => {
    const contact = contacts[Math.floor(random() * contacts.length)];
    for (const shop of shops) if (contact !== undefined) written.push(contact.send(shop, `message ${written.length}`));
  };
  const pause = (longestMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, random() * longestMs));
  const isOver = (): boolean => written.length >= messages;
  const share = messages / (deaths + 1);
  const talk = async (): Promise<void> => {
    while (!isOver()) {
      // as many in each life as in another, a few of them before it has logged in
      if (written.length < share * (died + 1)) write();
      await pause(clients.every(({ isConnected }) => isConnected) ? 80 : 400);
    }
  };
  const kill = async (): Promise<void> => {
    while (died < deaths) {
      await connected(clients);
      await pause(800);
      await host.kill();
      died += 1;
      host = processes.start("phone-host.ts", plan);
      listen(host);
    }
  };
  await Promise.all([talk(), kill()]);
  await connected(clients);

  const storage = openStorage(database.plan, quickClock(plan.since).now);
  onTestFinished(() => storage.close());
  const look = async (): Promise<PhoneEvidence> => {
    const rows = (await storage.messages.list("acme", { limit: 1000 })).items;
    const got = contacts.flatMap((contact) => contact.messages.filter(({ fromMe, device }) => !fromMe && device === 0));
    const gotIds = new Set(got.map(({ id }) => id));
    return {
      written,
      waiting: clients.reduce((sum, client) => sum + client.waiting, 0),
      completed: await database.ledger.completed(),
      arrived: got.map(({ content }) => String(content.extendedTextMessage?.text)),
      unread: contacts.flatMap(({ unreadable }) => unreadable.filter(({ id }) => !gotIds.has(id)).map(({ reason }) => reason)),
      rows,
      ids: new Map(got.map(({ id, content }) => [id, String(content.extendedTextMessage?.text)])),
      deaths: died,
    };
  };
  const isAtRest = ({ completed, waiting, rows, ids }: PhoneEvidence): boolean =>
    waiting === 0 &&
    written.every((id) => completed.some((key) => isReceiptOf(key, id))) &&
    rows.filter(({ receipt }) => receipt !== undefined).length >= ids.size;
  // what is still missing is said by whoever looks at the evidence
  await vi.waitUntil(async () => isAtRest(await look()), { timeout: 150_000, interval: 200 }).catch(() => {});
  return look();
}

/** Whether a key is that of the event of a message that came in. */
function isReceiptOf(key: string, id: string): boolean {
  return key.endsWith(`|${id}`);
}

/** Each broken promise as a sentence; none when all were kept. */
export function brokenPhonePromises({ written, waiting, completed, arrived, unread, rows, ids }: PhoneEvidence): readonly string[] {
  const times = (id: string): number => completed.filter((key) => isReceiptOf(key, id)).length;
  const twice = arrived.filter((text, index) => arrived.indexOf(text) !== index);
  return [
    ...(waiting > 0 ? [`WhatsApp still holds ${waiting} stanzas for the host`] : []),
    ...written.filter((id) => times(id) === 0).map((id) => `${id} was written and never completed`),
    ...written.filter((id) => times(id) > 1).map((id) => `${id} was completed ${times(id)} times`),
    ...twice.map((text) => `"${text}" came to a phone twice`),
    ...unread.map((reason) => `a phone could not read a message, and never got it: ${reason}`),
    ...rows
      .filter(({ status, receipt }) => status !== "queued" && status !== "failed" && !ids.has(receipt?.providerId ?? ""))
      .map(({ id, status }) => `${id} is ${status} in its row, and came to no phone`),
  ];
}

async function link(host: RunningProgram, shop: Phone): Promise<void> {
  for (;;) {
    const step = JSON.parse(await host.line()) as { readonly type?: string; readonly text?: string };
    if (step.type === "qr") await shop.scan(step.text ?? "");
    if (step.type === "ready") return;
  }
}

// nobody waits for its next line, which may not come
function listen(host: RunningProgram): void {
  const read = async (): Promise<void> => {
    for (;;) {
      await host.line();
    }
  };
  read().catch(() => {});
}

async function connected(clients: readonly LinkedClient[]): Promise<void> {
  await vi.waitUntil(() => clients.every(({ isConnected }) => isConnected), { timeout: 120_000, interval: 20 });
}
