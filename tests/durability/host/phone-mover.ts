import { writeSync } from "node:fs";
import { createWadesk, type Storage } from "@wadesk/core";
import { importSession, unofficial } from "@wadesk/unofficial";
import { ENCRYPTION_KEYS } from "../world/app.ts";
import { type DatabasePlan, openStorage } from "./plan.ts";
import { trustRoot } from "./trust-root.ts";

// a process that moves a linked phone in, and comes no further than a message in its hands; it says so then

/** What it is told. */
export interface PhoneMoverPlan {
  readonly database: DatabasePlan;
  readonly webSocketUrl: string;
  readonly rootKey: string;
  readonly folder: string;
}

process.stdin.once("end", () => process.exit(1)).resume();

const { database, webSocketUrl, rootKey, folder } = JSON.parse(process.env.HOST_PLAN ?? "") as PhoneMoverPlan;
trustRoot(rootKey);
const storage = openStorage(database);
const { records, sessions } = storage;
const stuck: Storage = {
  ...storage,
  records: {
    ...records,
    async set(namespace, changes, fence) {
      const written = await records.set(namespace, changes, fence);
      // the journal of what came in
      if ([...changes.keys()].some((key) => key.startsWith("in/"))) writeSync(1, "a message is in hand\n");
      return written;
    },
  },
  sessions: { ...sessions, want: () => new Promise(() => {}) },
};
const wadesk = createWadesk({ channels: [unofficial({ webSocketUrl })], encryptionKeys: ENCRYPTION_KEYS, storage: stuck });
await wadesk.start();
await importSession(wadesk.workspace("acme"), { from: { folder } });
