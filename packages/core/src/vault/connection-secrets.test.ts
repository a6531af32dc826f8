import { describe, expect, it } from "vitest";
import { memoryStorage } from "../memory/memory-storage.ts";
import { createConnectionSecrets } from "./connection-secrets.ts";
import { readKeyRing } from "./keys.ts";
import { createVault } from "./vault.ts";

const KEYS = ["A", "B"].map((letter) => `k${letter}:${letter.repeat(43)}`);
const OWNER = { connectionId: "con_1", channel: "echo" };

describe("the secrets of a connection", () => {
  it("are heard of without a former one whose key is lost", async () => {
    const { records, leases } = memoryStorage();
    const [first = "", second = ""] = KEYS;
    const before = createConnectionSecrets(records, createVault(readKeyRing(first)));
    await before.write(OWNER, "old");
    const fence = await leases.acquire("lock", "me", 60_000);
    if (fence === undefined) throw new Error("the lease was not free");
    const after = createConnectionSecrets(records, createVault(readKeyRing(second)));
    await after.replace(OWNER, "new", Date.now(), fence);
    expect(await after.readAll(OWNER)).toEqual(["new"]);
  });

  it("are refused as a whole when the current one does not open", async () => {
    const { records } = memoryStorage();
    const [first = "", second = ""] = KEYS;
    await createConnectionSecrets(records, createVault(readKeyRing(first))).write(OWNER, "old");
    const after = createConnectionSecrets(records, createVault(readKeyRing(second)));
    await expect(after.readAll(OWNER)).rejects.toMatchObject({ code: "encryption_key_unknown" });
  });
});
