import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { memoryStorage } from "../memory/memory-storage.ts";
import type { TimedValue } from "../ports/stores/record-store.ts";
import { readKeyRing } from "./keys.ts";
import { createSealedRecords, recordNamespace } from "./sealed-records.ts";
import { createVault } from "./vault.ts";

const vault = createVault(readKeyRing(`k1:${Buffer.alloc(32, 1).toString("base64url")}`));
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const owner = { connectionId: "con_1", channel: "echo" };

describe("a connection's own records", () => {
  it("come back as they were written, also to another process, and storage sees none of them", async () => {
    const { records } = memoryStorage();
    await createSealedRecords(records, vault, owner).set(new Map([["session", bytes("private")]]));
    const stored = await records.get(recordNamespace("con_1"), ["session"]);
    expect(Buffer.from(stored.get("session") ?? []).toString("latin1")).not.toContain("private");
    const opened = await createSealedRecords(records, vault, owner).get(["session", "absent"]);
    expect([...opened]).toEqual([["session", bytes("private")]]);
  });

  it("may be bytes of another realm, as they are in jsdom", async () => {
    const foreign: Uint8Array = runInNewContext("Uint8Array.of(112, 113)");
    const sealed = createSealedRecords(memoryStorage().records, vault, owner);
    await sealed.set(new Map([["session", foreign]]));
    expect(await sealed.get(["session"])).toEqual(new Map([["session", bytes("pq")]]));
  });

  it("are listed by the beginning of their keys, and end by themselves where they have an end", async () => {
    let now = 1000;
    const { records } = memoryStorage({ now: () => now });
    const sealed = createSealedRecords(records, vault, owner);
    await sealed.set(
      new Map<string, Uint8Array | TimedValue>([
        ["session-1", bytes("1")],
        ["session-2", { value: bytes("2"), expiresAt: 2000 }],
        ["pre-key-1", bytes("3")],
      ]),
    );
    const page = { prefix: "session-", limit: 9 };
    expect((await sealed.list(page)).items).toEqual([{ key: "session-1" }, { key: "session-2", expiresAt: 2000 }]);
    expect(await sealed.get(["session-2"])).toEqual(new Map([["session-2", bytes("2")]]));
    const first = await sealed.list({ limit: 1 });
    expect([first.items, (await sealed.list({ limit: 1, cursor: first.next ?? "" })).items]).toEqual([
      [{ key: "pre-key-1" }],
      [{ key: "session-1" }],
    ]);
    now = 2000;
    expect((await sealed.list(page)).items).toEqual([{ key: "session-1" }]);
    expect((await sealed.get(["session-2"])).size).toBe(0);
  });

  it("do not open in another record's place", async () => {
    const { records } = memoryStorage();
    const sealed = createSealedRecords(records, vault, owner);
    await sealed.set(new Map([["one", bytes("1")]]));
    const stored = (await records.get(recordNamespace("con_1"), ["one"])).get("one");
    await records.set(recordNamespace("con_1"), new Map([["two", { value: stored ?? bytes("") }]]));
    await expect(sealed.get(["two"])).rejects.toMatchObject({ code: "sealed_value_invalid" });
  });

  it("cannot be written by a former owner of the lease", async () => {
    const storage = memoryStorage();
    const former = await storage.leases.acquire("session/con_1", "a", 1000);
    const sealed = createSealedRecords(storage.records, vault, owner, { ...(former && { fence: former }) });
    await sealed.set(new Map([["one", bytes("1")]]));
    if (former !== undefined) await storage.leases.release(former);
    await storage.leases.acquire("session/con_1", "b", 1000);
    await expect(sealed.set(new Map([["one", bytes("2")]]))).rejects.toMatchObject({ code: "lease_lost" });
  });
});
