import { createHash, createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hmac, hmacByNode, hmacByWebCrypto, nodeCrypto, sameText, sha256, sha256ByWebCrypto } from "./hmac.ts";

const parts = fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 4 });
// WebCrypto takes no empty key, and no caller passes one
const secret = fc.string({ unit: "grapheme", minLength: 1, maxLength: 200 });
const hash = fc.constantFrom("sha1" as const, "sha256" as const);
const text = fc.constantFrom("hex" as const, "base64" as const);

describe("hmac", () => {
  it("signs alike over node:crypto and over WebCrypto, whatever the bytes and the secret", async () => {
    const node = nodeCrypto();
    if (!node) throw new Error("this test needs node:crypto");
    await fc.assert(
      fc.asyncProperty(hash, secret, parts, text, async (name, key, bytes, form) => {
        const expected = createHmac(name, key).update(Buffer.concat(bytes)).digest(form);
        expect(hmacByNode(node, name, key, bytes, form)).toBe(expected);
        expect(await hmacByWebCrypto(name, key, bytes, form)).toBe(expected);
        expect(hmac(name, key, bytes, form)).toBe(expected);
      }),
    );
  });

  it("keeps secrets apart, however many are in use", () => {
    const bytes = [new TextEncoder().encode("body")];
    for (let round = 0; round < 2; round += 1) {
      for (let index = 0; index < 200; index += 1) {
        const expected = createHmac("sha256", `secret ${index}`).update("body").digest("hex");
        expect(hmac("sha256", `secret ${index}`, bytes, "hex")).toBe(expected);
      }
    }
  });
});

describe("sha256", () => {
  it("hashes alike over node:crypto and over WebCrypto", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array(), async (bytes) => {
        const expected = createHash("sha256").update(bytes).digest("hex");
        expect([await sha256(bytes), await sha256ByWebCrypto(bytes)]).toEqual([expected, expected]);
      }),
    );
  });
});

describe("sameText", () => {
  it("agrees with ===", () => {
    fc.assert(fc.property(fc.string(), fc.string(), (left, right) => sameText(left, right) === (left === right) && sameText(left, left)));
  });
});
