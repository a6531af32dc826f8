import type { RecordListRequest, RecordStore, TimedValue } from "@wadesk/core/ports";
import { beforeEach, describe, expect, it } from "vitest";
import { held } from "./records.ts";
import { HOSTILE_TEXTS, restOf, ten } from "./rows.ts";
import type { StorageUnderTest } from "./storage-under-test.ts";

const NAMES = [
  "",
  " ",
  "!",
  "A",
  "B",
  "a",
  "a b",
  "aB",
  "ab",
  "a\u00e9",
  "z",
  "\u00e9",
  "\uffee",
  "\u{1f469}",
  '"',
  "\\",
  "%",
  "_",
  "a%",
  "a_",
];

/** What a storage promises about the lists of keys, and about what ends by itself. */
export function recordListPromises(begin: () => Promise<StorageUnderTest>): void {
  describe("lists of records", () => {
    let world: StorageUnderTest;
    let records: RecordStore;
    beforeEach(async () => {
      world = await begin();
      records = world.storage.records;
    });
    const write = (namespace: string, keys: readonly string[], expiresAt?: number): Promise<unknown> => {
      const value: TimedValue = { value: new Uint8Array([1]), ...(expiresAt !== undefined && { expiresAt }) };
      return records.set(namespace, new Map(keys.map((key) => [key, value])));
    };
    const list = async (namespace: string, { limit = 3, ...request }: Partial<RecordListRequest> = {}): Promise<readonly string[]> =>
      (await restOf((page) => records.list(namespace, { ...request, ...page }), limit)).map(({ key }) => key);

    it("hold the keys of one namespace, in the order of their bytes and page by page", async () => {
      await write("n/", NAMES);
      await write("n/a", ["other"]);
      await write("n", ["other"]);
      expect(await list("n/")).toEqual(inBytes(NAMES));
      expect(await list("n/", { limit: 100 })).toEqual(inBytes(NAMES));
      expect(await list("none/")).toEqual([]);
      const first = await records.list("n/", { limit: 2 });
      expect(first.items).toEqual(
        inBytes(NAMES)
          .slice(0, 2)
          .map((key) => ({ key })),
      );
    });

    it("hold the keys with a prefix, and nothing else", async () => {
      await write("n/", NAMES);
      for (const prefix of ["a", "a%", "_", "", "\\", '"', "nothing"])
        expect(await list("n/", { prefix })).toEqual(inBytes(NAMES.filter((key) => key.startsWith(prefix))));
    });

    it("hold every key once, whatever it holds, and find it by the whole of it", async () => {
      await write("n/", HOSTILE_TEXTS);
      expect([...(await list("n/"))].sort()).toEqual([...HOSTILE_TEXTS].sort());
      for (const prefix of HOSTILE_TEXTS) {
        const found = await list("n/", { prefix });
        expect([...found].sort()).toEqual(HOSTILE_TEXTS.filter((key) => key.startsWith(prefix)).sort());
      }
    });

    it("go on where they were, though the keys already seen go meanwhile", async () => {
      const keys = Array.from({ length: 30 }, (_, index) => `key ${index}`);
      await write("n/", keys);
      const seen = await restOf(async (page) => {
        const found = await records.list("n/", page);
        await records.set("n/", new Map(found.items.map(({ key }) => [key, undefined])));
        return found;
      }, 7);
      expect(seen.map(({ key }) => key)).toEqual(inBytes(keys));
      expect(await list("n/")).toEqual([]);
    });

    it("say when a record ends, and leave it out once it has ended", async () => {
      const end = world.now() + 10;
      await write("n/", ["a", "c"], end);
      await write("n/", ["b"]);
      expect((await records.list("n/", { limit: 9 })).items).toEqual([
        { key: "a", expiresAt: end },
        { key: "b" },
        { key: "c", expiresAt: end },
      ]);
      world.pass(10);
      expect((await records.list("n/", { limit: 9 })).items).toEqual([{ key: "b" }]);
      expect((await records.list("n/", { limit: 1, prefix: "a" })).items).toEqual([]);
      // written anew, it has no end
      await write("n/", ["a"]);
      expect((await records.list("n/", { limit: 9 })).items).toEqual([{ key: "a" }, { key: "b" }]);
    });

    it("show a change of eight hundred keys whole or not at all, what is put and what is deleted, under a fence", async () => {
      const { leases } = world.storage;
      const keys = Array.from({ length: 800 }, (_, index) => `pre-key-${index}`);
      await write("n/", keys);
      const change: Map<string, TimedValue | undefined> = new Map(
        keys.map((key, index) => [key, index % 2 === 0 ? { value: new Uint8Array(1000).fill(2) } : undefined]),
      );
      const former = await held(leases, "session", "a");
      world.pass(1001);
      expect(await records.set("n/", change, former)).toBe("fenced");
      expect(await list("n/", { limit: 1000 })).toHaveLength(800);
      const writing = records.set("n/", change, await held(leases, "session", "b"));
      // whoever looks meanwhile sees all of it or nothing
      const sizes = await Promise.all(ten(async () => (await records.list("n/", { limit: 1000 })).items.length));
      expect(sizes.every((size) => size === 800 || size === 400)).toBe(true);
      expect(await writing).toBe("written");
      expect(await list("n/", { limit: 1000 })).toEqual(inBytes(keys.filter((_, index) => index % 2 === 0)));
      expect((await records.get("n/", ["pre-key-798"])).get("pre-key-798")).toEqual(new Uint8Array(1000).fill(2));
    });

    it("are refused for a cursor that no list answered", async () => {
      await write("n/", NAMES);
      for (const cursor of ["x", "", "[]", "5"])
        await expect(records.list("n/", { limit: 2, cursor })).rejects.toMatchObject({
          code: "input_invalid",
          issues: [{ field: "cursor" }],
        });
    });
  });
}

function inBytes(keys: readonly string[]): readonly string[] {
  const hex = (key: string): string => [...new TextEncoder().encode(key)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [...keys].sort((left, right) => (hex(left) < hex(right) ? -1 : 1));
}
