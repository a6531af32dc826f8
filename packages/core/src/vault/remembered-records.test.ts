import { getEventListeners } from "node:events";
import { beforeEach, expect, it } from "vitest";
import type { SealedRecords } from "../ports/context.ts";
import type { TimedValue } from "../ports/stores/record-store.ts";
import { rememberedRecords } from "./remembered-records.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const MINUTE = 60_000;

let now: number;
let lease: AbortController;
let rows: Map<string, Uint8Array>;
/** The keys of each read that reached the storage. */
let reads: string[][];
/** What the storage waits for before it answers. */
let hold: Promise<void> | undefined;
let failure: Error | undefined;
let records: SealedRecords;

beforeEach(() => {
  [now, reads, hold, failure] = [1000, [], undefined, undefined];
  lease = new AbortController();
  rows = new Map();
  const stored: SealedRecords = {
    async get(keys) {
      reads.push([...keys]);
      const found = new Map(keys.flatMap((key) => (rows.has(key) ? [[key, rows.get(key) ?? bytes("")] as const] : [])));
      await hold;
      return found;
    },
    async set(changes) {
      await hold;
      if (failure !== undefined) throw failure;
      for (const [key, change] of changes) {
        if (change === undefined) rows.delete(key);
        else rows.set(key, change instanceof Uint8Array ? change : change.value);
      }
    },
    list: async () => ({ items: [...rows.keys()].map((key) => ({ key })) }),
    clear: async () => rows.clear(),
  };
  records = rememberedRecords(stored, { now: () => now, signal: lease.signal });
});

async function textsOf(...keys: readonly string[]): Promise<Record<string, string>> {
  const found = await records.get(keys);
  return Object.fromEntries([...found].map(([key, value]) => [key, new TextDecoder().decode(value)]));
}
const set = (...changes: readonly (readonly [string, Uint8Array | TimedValue | undefined])[]): Promise<void> =>
  records.set(new Map(changes));

it("what was asked for is read once, and so is that there is nothing; of several keys only the others are read", async () => {
  rows.set("one", bytes("1"));
  expect([await textsOf("one", "two"), await textsOf("two", "one")]).toEqual([{ one: "1" }, { one: "1" }]);
  rows.set("three", bytes("3"));
  expect([await textsOf("one", "three"), reads]).toEqual([{ one: "1", three: "3" }, [["one", "two"], ["three"]]]);
});

it("what is written afterwards is what is answered, and a deletion too, without another read", async () => {
  await textsOf("one");
  await set(["one", bytes("1")], ["two", bytes("2")]);
  expect([await textsOf("one"), reads]).toEqual([{ one: "1" }, [["one"]]]);
  await set(["one", undefined]);
  expect([await textsOf("one"), reads]).toEqual([{}, [["one"]]]);
  // what nobody asked for is read when somebody does
  expect([await textsOf("two"), reads]).toEqual([{ two: "2" }, [["one"], ["two"]]]);
});

it("nobody changes what is remembered by changing what was given or answered", async () => {
  await textsOf("one");
  const given = bytes("1");
  await set(["one", given]);
  given.fill(0);
  (await records.get(["one"])).get("one")?.fill(0);
  expect(await textsOf("one")).toEqual({ one: "1" });
});

it("a value ends when it was said to, and one that was read is read again after a minute", async () => {
  await textsOf("one");
  await set(["one", { value: bytes("1"), expiresAt: 5000 }]);
  now = 4999;
  expect(await textsOf("one")).toEqual({ one: "1" });
  rows.delete("one");
  now = 5000;
  expect(await textsOf("one")).toEqual({});
  rows.set("two", bytes("2"));
  await textsOf("two");
  now += MINUTE - 1;
  await textsOf("two");
  expect(reads).toEqual([["one"], ["one"], ["two"]]);
  now += 1;
  await textsOf("two");
  expect(reads.slice(3)).toEqual([["two"]]);
});

it("a read that was under way when something was written is not remembered, whichever of them ends first", async () => {
  rows.set("one", bytes("old"));
  const held = Promise.withResolvers<void>();
  hold = held.promise;
  const reading = textsOf("one");
  hold = undefined;
  await set(["one", bytes("new")]);
  held.resolve();
  expect(await reading).toEqual({ one: "old" });
  expect(await textsOf("one")).toEqual({ one: "new" });

  const later = Promise.withResolvers<void>();
  hold = later.promise;
  const writing = set(["two", bytes("2")]);
  hold = undefined;
  expect(await textsOf("two")).toEqual({});
  later.resolve();
  await writing;
  expect(await textsOf("two")).toEqual({ two: "2" });
});

it("what could not be written is read again: it may be stored or not", async () => {
  rows.set("one", bytes("1"));
  await textsOf("one");
  failure = new Error("away");
  await expect(set(["one", bytes("2")])).rejects.toThrow("away");
  await textsOf("one");
  expect(reads).toEqual([["one"], ["one"]]);
});

it("nothing is remembered once the lease is lost, of what was cleared, or of a value that is long", async () => {
  rows.set("long", new Uint8Array(1025));
  await records.get(["long"]);
  await records.get(["long"]);
  expect(reads).toEqual([["long"], ["long"]]);
  rows.set("one", bytes("1"));
  await textsOf("one");
  await records.clear();
  expect(await textsOf("one")).toEqual({});
  lease.abort();
  rows.set("one", bytes("another's"));
  expect(await textsOf("one")).toEqual({ one: "another's" });
  rows.delete("one");
  expect(await textsOf("one")).toEqual({});
});

it("128 keys are remembered, those that were asked for last", async () => {
  for (let index = 0; index < 128; index += 1) await textsOf(`key ${index}`);
  await textsOf("key 0");
  await textsOf("one more");
  reads.length = 0;
  await textsOf("key 0", "key 1", "key 2");
  expect(reads).toEqual([["key 1"]]);
});

it("leave nothing at a lease that outlives them", async () => {
  const listeners = (): number => getEventListeners(lease.signal, "abort").length;
  const before = listeners();
  for (let each = 0; each < 50; each += 1) await rememberedRecords(records, { now: () => now, signal: lease.signal }).get(["a"]);
  expect(listeners()).toBe(before);
});
