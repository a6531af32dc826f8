import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { verifyMetaSignature } from "./meta.ts";

const appSecret = "5f2a9c1be07d4c3f8a6b";
const body = new TextEncoder().encode('{"object":"whatsapp_business_account","text":"\\u00e9 é \\/ 🟢"}');
const digest = createHmac("sha256", appSecret).update(body).digest("hex");
const signature = `sha256=${digest}`;

describe("verifyMetaSignature", () => {
  it("accepts what was signed with the app secret", async () => {
    expect(await verifyMetaSignature({ body, signature, appSecret })).toBe(true);
  });

  it("accepts any bytes that were signed, and refuses them with one bit changed", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1 }), fc.string({ minLength: 1 }), fc.nat(), async (bytes, secret, place) => {
        fc.pre(secret.trim() !== "");
        const signed = { signature: `sha256=${createHmac("sha256", secret).update(bytes).digest("hex")}`, appSecret: secret };
        expect(await verifyMetaSignature({ ...signed, body: bytes })).toBe(true);
        const changed = bytes.slice();
        changed[place % bytes.length] = (changed[place % bytes.length] ?? 0) ^ (1 << (place % 8));
        expect(await verifyMetaSignature({ ...signed, body: changed })).toBe(false);
      }),
    );
  });

  it("refuses the signature of another secret", async () => {
    expect(await verifyMetaSignature({ body, signature, appSecret: `${appSecret}0` })).toBe(false);
  });

  it.each([
    ["missing", undefined],
    ["absent from the headers", null],
    ["empty", ""],
    ["without its prefix", digest],
    ["only the prefix", "sha256="],
    ["of the older hash", `sha1=${createHmac("sha1", appSecret).update(body).digest("hex")}`],
    ["cut short", signature.slice(0, -1)],
    ["too long", `${signature}0`],
    ["upper case, which Meta never writes", `sha256=${digest.toUpperCase()}`],
    ["sent twice", `${signature}, ${signature}`],
    ["surrounded by blanks", ` ${signature} `],
    ["not hexadecimal", `sha256=${"z".repeat(64)}`],
    ["not even Latin", `sha256=${"é🟢".repeat(22)}`],
    ["base64", `sha256=${createHmac("sha256", appSecret).update(body).digest("base64")}`],
  ])("refuses a signature that is %s", async (_how, wrong) => {
    expect(await verifyMetaSignature({ body, signature: wrong, appSecret })).toBe(false);
  });

  it("verifies nothing with an empty or missing secret, even what was signed with it", async () => {
    for (const empty of ["", " ", "\t\n"]) {
      const signed = `sha256=${createHmac("sha256", empty).update(body).digest("hex")}`;
      expect(await verifyMetaSignature({ body, signature: signed, appSecret: empty })).toBe(false);
    }
    const missing = process.env.NO_SUCH_VARIABLE as unknown as string;
    expect(await verifyMetaSignature({ body, signature, appSecret: missing })).toBe(false);
  });

  it("rejects a body that is no longer bytes, instead of calling the signature wrong", async () => {
    for (const parsed of [{ object: "whatsapp_business_account" }, "text", undefined]) {
      const attempt = verifyMetaSignature({ body: parsed as unknown as Uint8Array, signature, appSecret });
      await expect(attempt).rejects.toMatchObject({ code: "raw_body_missing" });
    }
  });
});
