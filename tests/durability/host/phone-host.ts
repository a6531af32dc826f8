import { openSync, writeSync } from "node:fs";
import { createWadesk, isWadeskError } from "@wadesk/core";
import { unofficial } from "@wadesk/unofficial";
import { AMPLE_PACE } from "../../journeys/world/ample-pace.ts";
import { ENCRYPTION_KEYS } from "../world/app.ts";
import { quickClock } from "../world/quick-clock.ts";
import { type DatabasePlan, openStorage } from "./plan.ts";
import { trustRoot } from "./trust-root.ts";

// a process that keeps the sessions of linked phones and answers every message once, by the number that it came to; whoever started it may kill it at any moment

process.stdin.once("end", () => process.exit(1)).resume();

/** What it is told. */
export interface PhonePlan {
  readonly database: DatabasePlan;
  /** The file to which each start of a handler is appended. */
  readonly journal: string;
  /** Where WhatsApp Web is. */
  readonly url: string;
  /** The server's, in hexadecimal digits. */
  readonly rootKey: string;
  /** Since when the quick clock goes, in milliseconds since the epoch. */
  readonly since: number;
  /** The numbers that it links, one after the other; absent where that was done before. */
  readonly link?: readonly string[];
}

const { database, journal, url, rootKey, since, link = [] } = JSON.parse(process.env.HOST_PLAN ?? "") as PhonePlan;
trustRoot(rootKey);
const clock = quickClock(since);
const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);
const wadesk = createWadesk({
  channels: [unofficial({ webSocketUrl: url, ...AMPLE_PACE })],
  storage: openStorage(database, clock.now),
  clock,
  encryptionKeys: ENCRYPTION_KEYS,
  log: { debug() {}, info() {}, warn: (data, message) => say({ message, data }), error: (data, message) => say({ message, data }) },
  inbox: { leaseMs: 6000, maxAttempts: 1000 },
});
const acme = wadesk.workspace("acme");
const file = openSync(journal, "a");
wadesk.process("message.received", async ({ key, data }) => {
  writeSync(file, `${key}\n`);
  if (data.content.kind !== "text") return;
  const content = { kind: "text", text: `re ${data.content.text}` } as const;
  await acme
    .send({ to: data.contact, from: data.connection.id, content, idempotencyKey: `re ${data.messageId}` })
    .catch((error: unknown) => {
      // it may have gone out: whoever sends it anew sends it twice
      if (!isWadeskError(error, "outcome_unknown")) throw error;
    });
});
wadesk.on("connection.changed", ({ connection: { status } }) => say({ status: status.state }));
await wadesk.start();
for (const phone of link) for await (const step of acme.connect("unofficial", { phone })) say(step);
