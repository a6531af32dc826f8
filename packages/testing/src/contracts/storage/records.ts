import type { Fence, LeaseStore, RecordStore, TimedValue } from "@wadesk/core/ports";
import { beforeEach, describe, expect, it } from "vitest";
import { HOSTILE_TEXTS, restOf, ten } from "./rows.ts";
import type { StorageUnderTest } from "./storage-under-test.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const change = (entries: Record<string, string | undefined>): Map<string, TimedValue | undefined> =>
  new Map(Object.entries(entries).map(([key, text]) => [key, text === undefined ? undefined : { value: bytes(text) }]));

/** What a storage promises about records. */
export function recordPromises(begin: () => Promise<StorageUnderTest>): void {
  describe("records", () => {
    let world: StorageUnderTest;
    let records: RecordStore;
    beforeEach(async () => {
      world = await begin();
      records = world.storage.records;
    });
    const textOf = async (namespace: string, key: string): Promise<string | undefined> => {
      const value = (await records.get(namespace, [key])).get(key);
      return value && new TextDecoder().decode(value);
    };
    /** Every place below a prefix. `afterPage` is told its keys. */
    const scanAll = async (prefix: string, afterPage?: (keys: readonly string[]) => Promise<void>): Promise<string[]> => {
      const found = await restOf(async ({ cursor }) => {
        const page = await records.scan(prefix, cursor);
        await afterPage?.(page.items.map(({ key }) => key));
        return page;
      });
      return found.map(({ namespace, key }) => namespace + key).sort();
    };

    it("come back byte for byte, the absent ones not at all, and undefined deletes", async () => {
      const all = Uint8Array.from({ length: 256 }, (_, index) => index);
      await records.set(
        "n/",
        new Map([
          ["bytes", { value: all }],
          ["empty", { value: new Uint8Array() }],
        ]),
      );
      const found = await records.get("n/", ["bytes", "absent", "empty"]);
      expect([...found].map(([key, value]) => [key, value instanceof Uint8Array, [...value]])).toEqual([
        ["bytes", true, [...all]],
        ["empty", true, []],
      ]);
      await records.set("n/", change({ bytes: undefined, empty: undefined, absent: undefined, other: "x" }));
      expect([...(await records.get("n/", ["bytes", "empty", "other"])).keys()]).toEqual(["other"]);
      expect(await textOf("m/", "other")).toBeUndefined();
      expect((await records.get("n/", [])).size).toBe(0);
    });

    it("are copies, so a caller cannot edit what is stored", async () => {
      const value = bytes("x");
      await records.set("n/", new Map([["key", { value }]]));
      value[0] = 0;
      (await records.get("n/", ["key"])).get("key")?.fill(0);
      expect(await textOf("n/", "key")).toBe("x");
    });

    it("are written and read a thousand at a time", async () => {
      const keys = Array.from({ length: 1000 }, (_, index) => `key ${index}`);
      await records.set("n/", change(Object.fromEntries(keys.map((key) => [key, key]))));
      const found = await records.get("n/", keys);
      expect([found.size, new TextDecoder().decode(found.get("key 999"))]).toEqual([1000, "key 999"]);
    });

    it("read as absent once their time is over", async () => {
      await records.set("n/", new Map([["key", { value: bytes("x"), expiresAt: world.now() + 10 }]]));
      expect((await records.scan("n/")).items).toEqual([{ namespace: "n/", key: "key", expiresAt: world.now() + 10 }]);
      world.pass(9);
      expect(await textOf("n/", "key")).toBe("x");
      world.pass(1);
      expect(await textOf("n/", "key")).toBeUndefined();
      expect((await records.scan("n/")).items).toEqual([]);
      expect(await records.take("n/", "key")).toBeUndefined();
      await records.set("n/", new Map([["key", { value: bytes("x"), expiresAt: world.now() }]]));
      expect(await records.insert("n/", "key", bytes("y"))).toBe(true);
      world.pass(1000);
      expect(await textOf("n/", "key")).toBe("y");
    });

    it("are inserted by one of ten that race, and taken by one", async () => {
      const inserts = await Promise.all(ten((index) => records.insert("n/", "key", bytes(String(index)))));
      expect(inserts.filter(Boolean)).toHaveLength(1);
      expect(await textOf("n/", "key")).toBe(String(inserts.indexOf(true)));
      const taken = await Promise.all(ten(() => records.take("n/", "key")));
      expect(taken.filter((value) => value !== undefined)).toHaveLength(1);
      expect(await textOf("n/", "key")).toBeUndefined();
    });

    it("are written whole, even when ten write the same ones", async () => {
      const keys = ["a", "b", "c", "d"];
      const all = (index: number): [string, string][] => keys.map((key) => [key, String(index)]);
      const writes = ten((index) => records.set("n/", change(Object.fromEntries(index % 2 === 0 ? all(index) : all(index).reverse()))));
      expect(await Promise.all(writes)).toEqual(ten(() => "written"));
      expect(new Set(await Promise.all(keys.map((key) => textOf("n/", key)))).size).toBe(1);
    });

    it("are scanned and cleared by the beginning of their namespace, and by nothing more", async () => {
      const namespaces = ["secret/con_1/", "secret/con_10/", "secret/conx1/", "Secret/con_1/", "100%/", "100x/", "a\\b/", "other/"];
      for (const namespace of namespaces) await records.set(namespace, change({ key: "x" }));
      expect(await scanAll("secret/")).toEqual(["secret/con_1/key", "secret/con_10/key", "secret/conx1/key"]);
      expect(await scanAll("secret/con_1")).toEqual(["secret/con_1/key", "secret/con_10/key"]);
      expect([await scanAll("100%"), await scanAll("a\\"), await scanAll("none")]).toEqual([["100%/key"], ["a\\b/key"], []]);
      for (const prefix of ["secret/con_1/", "100%"]) await records.clear(prefix);
      expect(await scanAll("")).toEqual(
        ["100x/", "Secret/con_1/", "a\\b/", "other/", "secret/con_10/", "secret/conx1/"].map((n) => `${n}key`),
      );
    });

    it("are scanned without a gap, though those already seen go meanwhile", async () => {
      const keys = Array.from({ length: 1200 }, (_, index) => `key ${index}`);
      await records.set("n/", change(Object.fromEntries(keys.map((key) => [key, "x"]))));
      const remove = async (seen: readonly string[]): Promise<void> => {
        await records.set("n/", change(Object.fromEntries(seen.map((key) => [key, undefined]))));
      };
      expect(await scanAll("n/", remove)).toEqual(keys.map((key) => `n/${key}`).sort());
      expect(await scanAll("n/")).toEqual([]);
    });

    it("are forgotten when their time is over, at most so many at once, and the others stay", async () => {
      for (const key of ["1", "2", "3"]) await records.insert("n/", key, bytes("x"), world.now() + 10);
      await records.insert("n/", "later", bytes("x"), world.now() + 11);
      await records.insert("n/", "always", bytes("x"));
      expect(await records.prune(9)).toBe(0);
      world.pass(10);
      expect(await records.prune(2)).toBe(2);
      expect(await records.prune(2)).toBe(1);
      expect(await records.prune(2)).toBe(0);
      expect(await scanAll("n/")).toEqual(["n/always", "n/later"]);
    });

    it("come back and are told apart, whatever their namespace and key hold", async () => {
      for (const text of HOSTILE_TEXTS)
        await records.set(`n/${text}/`, change({ [text]: `value ${HOSTILE_TEXTS.indexOf(text)}`, plain: "x" }));
      for (const text of HOSTILE_TEXTS) {
        const namespace = `n/${text}/`;
        expect(await textOf(namespace, text)).toBe(`value ${HOSTILE_TEXTS.indexOf(text)}`);
        expect(await scanAll(namespace)).toEqual([namespace + text, `${namespace}plain`].sort());
        expect(await records.insert(namespace, text, bytes("y"))).toBe(false);
        expect(await records.take(namespace, text)).toEqual(bytes(`value ${HOSTILE_TEXTS.indexOf(text)}`));
      }
      for (const text of HOSTILE_TEXTS) {
        const namespace = `n/${text}/`;
        expect(await textOf(namespace, "plain")).toBe("x");
        await records.clear(namespace);
        expect(await textOf(namespace, "plain")).toBeUndefined();
      }
    });

    it("are not written, not even in part, by a holder that lost its lease", async () => {
      const { leases } = world.storage;
      const former = await leases.acquire("session", "a", 1000);
      expect(await records.set("n/", change({ one: "first" }), former)).toBe("written");
      world.pass(1001);
      expect(await records.set("n/", change({ one: "late", two: "late" }), former)).toBe("fenced");
      const next = await leases.acquire("session", "b", 1000);
      expect(await records.set("n/", change({ one: undefined, two: "late" }), former)).toBe("fenced");
      expect([await textOf("n/", "one"), await textOf("n/", "two")]).toEqual(["first", undefined]);
      expect(await records.set("n/", change({ one: "second" }), next)).toBe("written");
      expect(await textOf("n/", "one")).toBe("second");
    });

    it("are not written under a lease that was released, nor under another's name", async () => {
      const { leases } = world.storage;
      const fence = await held(leases, "session", "a");
      await held(leases, "other", "b");
      expect(await records.set("n/", change({ one: "x" }), { lease: "other", token: fence.token + 1000 })).toBe("fenced");
      expect(await records.set("n/", change({ one: "x" }), { lease: "absent", token: fence.token })).toBe("fenced");
      await leases.release(fence);
      expect(await records.set("n/", change({ one: "x" }), fence)).toBe("fenced");
      expect(await textOf("n/", "one")).toBeUndefined();
    });
  });
}

/** A lease that nobody else holds. */
export async function held(leases: LeaseStore, name: string, owner: string): Promise<Fence> {
  const fence = await leases.acquire(name, owner, 1000);
  expect(fence).toBeDefined();
  return fence as Fence;
}

/** What a storage promises about leases. */
export function leasePromises(begin: () => Promise<StorageUnderTest>): void {
  describe("leases", () => {
    let world: StorageUnderTest;
    let leases: LeaseStore;
    beforeEach(async () => {
      world = await begin();
      leases = world.storage.leases;
    });

    it("have one holder, whose token is higher than any before", async () => {
      const answers = await Promise.all(ten((index) => leases.acquire("session", `p${index}`, 1000)));
      const [first, ...others] = answers.filter((fence) => fence !== undefined);
      expect(others).toEqual([]);
      expect(first?.lease).toBe("session");
      world.pass(1001);
      const second = await held(leases, "session", "b");
      expect(second.token).toBeGreaterThan(first?.token ?? Number.POSITIVE_INFINITY);
      await leases.release(second);
      expect((await held(leases, "session", "c")).token).toBeGreaterThan(second.token);
    });

    it("last as long as they are renewed, and a lost one is not renewed", async () => {
      const fence = await held(leases, "session", "a");
      world.pass(900);
      expect(await leases.renew(fence, 1000)).toBe("renewed");
      world.pass(900);
      expect(await leases.acquire("session", "b", 1000)).toBeUndefined();
      world.pass(101);
      expect(await leases.acquire("session", "b", 1000)).toBeDefined();
      expect(await leases.renew(fence, 1000)).toBe("lost");
    });

    it("pass to one of ten when they end", async () => {
      const fence = await held(leases, "session", "a");
      world.pass(1001);
      const answers = await Promise.all(ten((index) => leases.acquire("session", `p${index}`, 1000)));
      expect(answers.filter((answer) => answer !== undefined)).toHaveLength(1);
      expect(await leases.renew(fence, 1000)).toBe("lost");
    });

    it("are free at once when they are released, and a former holder releases nothing", async () => {
      const first = await held(leases, "session", "a");
      await leases.release(first);
      expect(await leases.renew(first, 1000)).toBe("lost");
      await held(leases, "session", "b");
      await leases.release(first);
      expect(await leases.acquire("session", "c", 1000)).toBeUndefined();
    });

    it("are told apart, whatever their names hold", async () => {
      for (const text of HOSTILE_TEXTS) expect(await leases.acquire(text, text, 1000)).toMatchObject({ lease: text });
      for (const text of HOSTILE_TEXTS) expect(await leases.acquire(text, "b", 1000)).toBeUndefined();
    });
  });
}
