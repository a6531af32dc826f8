import { runInNewContext } from "node:vm";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { readKeyRing } from "./keys.ts";
import { createVault } from "./vault.ts";

const key = (id: string, fill: number, bytes = 32): string => `${id}:${Buffer.alloc(bytes, fill).toString("base64url")}`;
const vaultOf = (text: string) => createVault(readKeyRing(text));

describe("the key ring", () => {
  it.each([undefined, "", "  "])("is missing when it is %j, and the error names the command that makes a key", (text) => {
    expect(() => readKeyRing(text)).toThrow(expect.objectContaining({ code: "encryption_key_missing" }));
    expect(() => readKeyRing(text)).toThrow(/randomBytes\(32\)/);
  });

  it.each([key("k1", 1, 16), key("k1", 1, 33), "k1", "k1:", "k1:!!", `${key("k1", 1)},${key("k1", 2)}`, `${key("k1", 1)},`])(
    "refuses %s without repeating it",
    (text) => {
      const secret = text.split(":")[1] ?? "";
      const attempt = (): unknown => readKeyRing(text);
      expect(attempt).toThrow(expect.objectContaining({ code: "encryption_key_invalid" }));
      if (secret.length > 4) expect(attempt).not.toThrow(secret);
    },
  );

  it("takes the first key to seal and all to open", () => {
    const ring = readKeyRing(`${key("k2", 2)}, ${key("k1", 1)}`);
    expect(ring.first.id).toBe("k2");
    expect([...ring.byId.keys()]).toEqual(["k2", "k1"]);
  });
});

describe("the vault", () => {
  it("opens what it sealed, and shows nothing of it", async () => {
    const vault = vaultOf(key("k1", 1));
    const sealed = await vault.seal("EAAsecret", "a/1");
    expect(sealed).not.toContain("EAAsecret");
    expect(await vault.open(sealed, "a/1")).toBe("EAAsecret");
  });

  it("seals where the encoder's bytes are of another realm, as they are in jsdom", async () => {
    const Native = TextEncoder;
    const foreign: typeof Uint8Array = runInNewContext("Uint8Array");
    vi.stubGlobal(
      "TextEncoder",
      class {
        encode = (text: string): Uint8Array => new foreign(new Native().encode(text));
      },
    );
    onTestFinished(() => void vi.unstubAllGlobals());
    const vault = vaultOf(key("k1", 1));
    const sealed = await vault.seal("EAAsecret", "a/1");
    expect(await vault.open(sealed, "a/1")).toBe("EAAsecret");
  });

  it("makes a key usable once, however much is sealed and opened with it", async () => {
    const vault = vaultOf(key("k1", 1));
    const importing = vi.spyOn(crypto.subtle, "importKey");
    onTestFinished(() => importing.mockRestore());
    const sealed = await Promise.all(["one", "two"].map((text) => vault.seal(text, "a/1")));
    expect(await Promise.all(sealed.map((value) => vault.open(value, "a/1")))).toEqual(["one", "two"]);
    expect(importing).toHaveBeenCalledTimes(1);
  });

  it("does not open a value that was moved to another connection", async () => {
    const vault = vaultOf(key("k1", 1));
    const sealed = await vault.seal("EAAsecret", "a/1");
    await expect(vault.open(sealed, "a/2")).rejects.toMatchObject({ code: "sealed_value_invalid" });
  });

  it("does not open a value whose header names another binding than it was sealed with", async () => {
    const vault = vaultOf(key("k1", 1));
    const [, ...rest] = (await vault.seal("EAAsecret", "a/1")).split(".");
    const header = Buffer.from(JSON.stringify({ alg: "dir", enc: "A256GCM", kid: "k1", binding: "a/2" })).toString("base64url");
    await expect(vault.open([header, ...rest].join("."), "a/2")).rejects.toMatchObject({ code: "sealed_value_invalid" });
  });

  it("names the key that is missing from the ring", async () => {
    const sealed = await vaultOf(key("k1", 1)).seal("EAAsecret", "a/1");
    await expect(vaultOf(key("k2", 2)).open(sealed, "a/1")).rejects.toMatchObject({ code: "encryption_key_unknown" });
    await expect(vaultOf(key("k2", 2)).open(sealed, "a/1")).rejects.toThrow(/key k1/);
  });

  it("reseals with the first key, after which the old key can go", async () => {
    const old = await vaultOf(key("k1", 1)).seal("EAAsecret", "a/1");
    const both = vaultOf(`${key("k2", 2)},${key("k1", 1)}`);
    expect(both.isCurrent(old)).toBe(false);
    const fresh = await both.reseal(old);
    expect(both.isCurrent(fresh)).toBe(true);
    expect(await vaultOf(key("k2", 2)).open(fresh, "a/1")).toBe("EAAsecret");
  });

  it.each(["", "x", "a.b.c.d.e", "e30.....", "bnVsbA...."])("answers rubbish (%j) with a clear error", async (rubbish) => {
    await expect(vaultOf(key("k1", 1)).open(rubbish, "a/1")).rejects.toMatchObject({ code: "sealed_value_invalid" });
  });
});
