import type { RecordStore, TimedValue } from "@wadesk/core";
import { beforeEach, describe, expect, it } from "vitest";
import type { StorageUnderTest } from "./storage.ts";

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

    it("come back byte for byte, the absent ones not at all, and undefined deletes", async () => {
      const all = Uint8Array.from({ length: 256 }, (_, index) => index);
      await records.set("n/", new Map([["bytes", { value: all }]]));
      expect([...(await records.get("n/", ["bytes", "absent"]))]).toEqual([["bytes", all]]);
      await records.set("n/", change({ bytes: undefined, other: "x" }));
      expect([...(await records.get("n/", ["bytes", "other"])).keys()]).toEqual(["other"]);
      expect(await textOf("m/", "other")).toBeUndefined();
    });

    it("read as absent once their time is over", async () => {
      await records.set("n/", new Map([["key", { value: bytes("x"), expiresAt: world.now() + 10 }]]));
      world.pass(9);
      expect(await textOf("n/", "key")).toBe("x");
      world.pass(1);
      expect(await textOf("n/", "key")).toBeUndefined();
      expect(await records.take("n/", "key")).toBeUndefined();
      expect((await records.scan("n/")).items).toEqual([]);
      expect(await records.insert("n/", "key", bytes("y"))).toBe(true);
    });

    it("are inserted by one of ten that race, and taken by one", async () => {
      const inserts = await Promise.all(Array.from({ length: 10 }, (_, index) => records.insert("n/", "key", bytes(String(index)))));
      expect(inserts.filter(Boolean)).toHaveLength(1);
      const taken = await Promise.all(Array.from({ length: 10 }, () => records.take("n/", "key")));
      expect(taken.filter((value) => value !== undefined)).toHaveLength(1);
      expect(await textOf("n/", "key")).toBeUndefined();
    });

    it("are scanned and cleared by the beginning of their namespace, and by nothing more", async () => {
      for (const namespace of ["secret/con_1/", "secret/con_10/", "other/"]) await records.set(namespace, change({ key: "x" }));
      const found: string[] = [];
      for (let cursor: string | undefined; ; ) {
        const page = await records.scan("secret/", cursor);
        found.push(...page.items.map((item) => item.namespace));
        if (page.next === undefined) break;
        cursor = page.next;
      }
      expect(found.sort()).toEqual(["secret/con_1/", "secret/con_10/"]);
      await records.clear("secret/con_1/");
      expect(await textOf("secret/con_1/", "key")).toBeUndefined();
      expect(await textOf("secret/con_10/", "key")).toBe("x");
    });

    it("are not written, not even in part, by a holder that lost its lease", async () => {
      const { leases } = world.storage;
      const former = await leases.acquire("session", "a", 1000);
      expect(await records.set("n/", change({ one: "first" }), former)).toBe("written");
      world.pass(1001);
      const next = await leases.acquire("session", "b", 1000);
      expect(await records.set("n/", change({ one: "late", two: "late" }), former)).toBe("fenced");
      expect([await textOf("n/", "one"), await textOf("n/", "two")]).toEqual(["first", undefined]);
      expect(await records.set("n/", change({ one: "second" }), next)).toBe("written");
    });
  });
}

/** What a storage promises about leases. */
export function leasePromises(begin: () => Promise<StorageUnderTest>): void {
  describe("leases", () => {
    let world: StorageUnderTest;
    beforeEach(async () => {
      world = await begin();
    });

    it("have one holder, whose token is higher than any before", async () => {
      const { leases } = world.storage;
      const answers = await Promise.all(Array.from({ length: 10 }, (_, index) => leases.acquire("session", `p${index}`, 1000)));
      const [first, ...others] = answers.filter((fence) => fence !== undefined);
      expect(others).toEqual([]);
      world.pass(1001);
      const second = await leases.acquire("session", "b", 1000);
      expect(second?.token).toBeGreaterThan(first?.token ?? Number.POSITIVE_INFINITY);
      expect(await leases.acquire("other", "a", 1000)).toBeDefined();
    });

    it("last as long as they are renewed, and a lost one is not renewed", async () => {
      const { leases } = world.storage;
      const fence = await leases.acquire("session", "a", 1000);
      if (fence === undefined) throw new Error("the lease was not free");
      world.pass(900);
      expect(await leases.renew(fence, 1000)).toBe("renewed");
      world.pass(900);
      expect(await leases.acquire("session", "b", 1000)).toBeUndefined();
      world.pass(101);
      expect(await leases.acquire("session", "b", 1000)).toBeDefined();
      expect(await leases.renew(fence, 1000)).toBe("lost");
    });

    it("are free at once when they are released, and a former holder releases nothing", async () => {
      const { leases } = world.storage;
      const first = await leases.acquire("session", "a", 1000);
      if (first !== undefined) await leases.release(first);
      expect(await leases.acquire("session", "b", 1000)).toBeDefined();
      if (first !== undefined) await leases.release(first);
      expect(await leases.acquire("session", "c", 1000)).toBeUndefined();
    });
  });
}
