import { describe, expect, it } from "vitest";
import { memoryStorage } from "../memory/memory-storage.ts";
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
