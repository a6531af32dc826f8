import type { Page, PageRequest, Storage } from "@wadesk/core";
import { describe, expect, it, onTestFinished } from "vitest";
import { inboxDeathPromises } from "../inbox/deaths.ts";
import { inboxPromises } from "../inbox/events.ts";
import { inboxOrderPromises } from "../inbox/order.ts";
import { inboxRunPromises } from "../inbox/runs.ts";
import { inboxTurnPromises } from "../inbox/turns.ts";
import { inboxNamePromises } from "../inbox/two-names.ts";
import { inboxUpkeepPromises } from "../inbox/upkeep.ts";
import { inboxValuePromises } from "../inbox/values.ts";
import { connectionChangePromises } from "./connection-changes.ts";
import { connectionListPromises } from "./connection-lists.ts";
import { connectionPromises } from "./connections.ts";
import { messageMovePromises } from "./message-moves.ts";
import { messagePromises } from "./messages.ts";
import { noticePromises } from "./notices.ts";
import { recordListPromises } from "./record-lists.ts";
import { leasePromises, recordPromises } from "./records.ts";
import { connectionOf, eventOf, messageOf, ten } from "./rows.ts";
import { sessionPromises } from "./sessions.ts";
import type { StorageUnderTest } from "./storage-under-test.ts";
import { timePromises } from "./times.ts";

/** Opens an empty storage whose time is what the contract moves. The contract closes it. */
export type OpenStorage = (time: { readonly now: () => number }) => Promise<Storage>;

/** The promises that every storage keeps. Call it once from the adapter's own test file. */
export function storageContract(name: string, open: OpenStorage): void {
  const begin = async (): Promise<StorageUnderTest> => {
    let now = 1_760_000_000_000;
    const storage = await open({ now: () => now });
    onTestFinished(() => storage.close());
    return {
      storage,
      now: () => now,
      pass: (milliseconds) => {
        now += milliseconds;
      },
    };
  };
  describe(`${name} keeps the storage contract`, () => {
    storagePromises(begin);
    cursorPromises(begin);
    connectionPromises(begin);
    connectionListPromises(begin);
    connectionChangePromises(begin);
    messagePromises(begin);
    messageMovePromises(begin);
    inboxPromises(begin);
    inboxOrderPromises(begin);
    inboxNamePromises(begin);
    inboxUpkeepPromises(begin);
    inboxTurnPromises(begin);
    inboxRunPromises(begin);
    inboxDeathPromises(begin);
    inboxValuePromises(begin);
    recordPromises(begin);
    recordListPromises(begin);
    leasePromises(begin);
    sessionPromises(begin);
    timePromises(begin);
    noticePromises(begin);
  });
}

function storagePromises(begin: () => Promise<StorageUnderTest>): void {
  describe("the storage", () => {
    it("is opened by its first use or by a call, and by ten at once, without losing anything", async () => {
      const { storage } = await begin();
      expect(await storage.connections.insert(connectionOf())).toBe("inserted");
      await Promise.all(ten(() => storage.open?.()));
      expect(await storage.connections.get("acme", "con_1")).toEqual(connectionOf());
    });

    it("is used by ten before it is open", async () => {
      const { storage } = await begin();
      const inserts = ten((index) => storage.connections.insert(connectionOf({ id: `con_${index}` })));
      expect(await Promise.all(inserts)).toEqual(ten(() => "inserted"));
    });

    it("tells the time by which its leases go, where it goes by another than the process's", async () => {
      const { storage, now, pass } = await begin();
      await storage.open?.();
      for (let turn = 0; turn < 3; turn += 1) {
        expect(storage.now?.() ?? now()).toBe(now());
        pass(600_000);
      }
    });

    it("is closed twice without complaint", async () => {
      const { storage } = await begin();
      await storage.records.get("n/", ["key"]);
      await storage.close();
      await expect(storage.close()).resolves.toBeUndefined();
    });
  });
}

// what a person may put into the address of a page
const FORGED: readonly string[] = [
  ...["", "0", "gibberish", "{}", "null", "[]", "[null]", "[[]]"],
  ...['["a",1]', "[1,2,3]", '["a","b","c"]', '[1e400,"a"]', "\0", "x".repeat(100_000)],
];

function cursorPromises(begin: () => Promise<StorageUnderTest>): void {
  describe("a list", () => {
    it("refuses a cursor that none of its pages named, for the front again and again would never end", async () => {
      const { storage, now } = await begin();
      const { connections, messages, inbox } = storage;
      for (const id of ["1", "2"]) {
        await connections.insert(connectionOf({ id: `con_${id}` }));
        await messages.insert(messageOf({ id: `msg_${id}` }));
        await inbox.add([eventOf({ id, contact: id })]);
      }
      for (const claim of await inbox.claim({ owner: "p1", limit: 9, leaseMs: 1, now: now() }))
        await inbox.fail(claim, "dead", "no", now());
      const lists: Readonly<Record<string, (page: PageRequest) => Promise<Page<unknown>>>> = {
        "connections.list": (page) => connections.list("acme", {}, page),
        "connections.walk": connections.walk,
        "messages.list": (page) => messages.list("acme", page),
        "inbox.list": (page) => inbox.list("acme", page),
        "inbox.dead": (page) => inbox.dead("acme", page),
      };
      const forged = [...FORGED, ...FORGED.map((text) => Buffer.from(text).toString("base64url"))];
      for (const [name, list] of Object.entries(lists)) {
        const { next = "" } = await list({ limit: 1 });
        expect((await list({ limit: 1, cursor: next })).items, name).toHaveLength(1);
        for (const cursor of forged) {
          const outcome: unknown = await list({ limit: 1, cursor }).catch((error: unknown) => error);
          expect(outcome, `${name} behind ${cursor.slice(0, 20)}`).toMatchObject({ code: "input_invalid", issues: [{ field: "cursor" }] });
        }
      }
    });
  });
}
