import { createHash, createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { otherSpellings } from "./signed-urls.ts";
import { twilioVerifier, verifyTwilioSignature } from "./twilio.ts";

const authToken = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
const url = "https://chat.example.com/webhooks/whatsapp/inbound";
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const sign = (signed: string, token = authToken): string => createHmac("sha1", token).update(signed).digest("base64");

const form = "To=whatsapp%3A%2B14155238886&Body=Ol%C3%A1+%2B+tudo%20bem%3F&AccountSid=AC1&From=whatsapp%3A%2B5511999990000&Empty=";
const body = bytes(form);
const fields = "AccountSidAC1BodyOlá + tudo bem?EmptyFromwhatsapp:+5511999990000Towhatsapp:+14155238886";
const signature = sign(url + fields);

describe("verifyTwilioSignature", () => {
  it("accepts a form signed for the URL, its fields sorted and decoded", async () => {
    expect(await verifyTwilioSignature({ url, body, signature, authToken })).toBe(true);
    expect(await verifyTwilioSignature({ url: new URL(url), body, signature, authToken })).toBe(true);
  });

  it("counts equal values of one name once, and sorts different ones", async () => {
    const repeated = { body: bytes("MediaUrl=b&Body=x&MediaUrl=a&MediaUrl=b"), signature: sign(`${url}BodyxMediaUrlaMediaUrlb`) };
    expect(await verifyTwilioSignature({ url, authToken, ...repeated })).toBe(true);
  });

  it("sorts by name before value, though both run together in what is signed", async () => {
    const close = { body: bytes("AB=C&A=ZZ&a=1"), signature: sign(`${url}AZZABCa1`) };
    expect(await verifyTwilioSignature({ url, authToken, ...close })).toBe(true);
  });

  it.each([
    ["https://h.example/p", "https://h.example:443/p"],
    ["http://h.example/p?q=1", "http://h.example:80/p?q=1"],
    ["https://h.example:8443/p", "https://h.example/p"],
    ["https://[::1]/p", "https://[::1]:443/p"],
  ])("accepts %s and %s for one another", async (left, right) => {
    for (const [called, signed] of [[left, right] as const, [right, left] as const, [left, left] as const]) {
      if (new URL(signed).port === "8443" && signed !== called) continue;
      expect(await verifyTwilioSignature({ url: called, body, signature: sign(signed + fields), authToken })).toBe(true);
    }
  });

  it("accepts a URL whose quotes were signed as they stand, though the URL standard escapes them", async () => {
    const signed = "https://h.example/p?name=O'Neil&q=a%20b";
    expect(await verifyTwilioSignature({ url: new URL(signed), body, signature: sign(signed + fields), authToken })).toBe(true);
  });

  it("accepts the URL as it was configured, with a connection override that never travels", async () => {
    expect(await verifyTwilioSignature({ url: `${url}#rc=5&rp=all`, body, signature, authToken })).toBe(true);
  });

  it("tries no more spellings of a long query than of a short one, and none that Node would have cut", async () => {
    const long = `https://h.example/p?${"a&".repeat(60_000)}`;
    expect([...otherSpellings([long])].length).toBeLessThan(8);
    expect(await verifyTwilioSignature({ url: long, body, signature: sign(long + fields), authToken })).toBe(true);
  });

  it("takes no hash for the body's that was not part of what was signed", async () => {
    const evil = bytes('{"EventType":"forged"}');
    const hashed = `${url}?bodySHA256=${createHash("sha256").update(evil).digest("hex")}`;
    const verifier = twilioVerifier({ addresses: [hashed, url], body: evil, signature: sign(url), form: undefined });
    expect([await verifier(authToken), await verifier(authToken, [url])]).toEqual([false, false]);
  });

  it("accepts JSON by the hash in its URL, and refuses it with a byte changed or without the hash", async () => {
    const json = bytes('{"EventType":"onMessageAdded","Body":"é"}');
    const hashed = `${url}?bodySHA256=${createHash("sha256").update(json).digest("hex")}`;
    expect(await verifyTwilioSignature({ url: hashed, body: json, signature: sign(hashed), authToken })).toBe(true);
    const changed = bytes('{"EventType":"onMessageAdded","Body":"e"}');
    expect(await verifyTwilioSignature({ url: hashed, body: changed, signature: sign(hashed), authToken })).toBe(false);
    for (const unhashed of [sign(url), sign(url + new TextDecoder().decode(json))]) {
      expect(await verifyTwilioSignature({ url, body: json, signature: unhashed, authToken })).toBe(false);
    }
  });

  it.each([
    ["another URL", { url: "https://chat.example.com/webhooks/whatsapp/inbound/" }],
    ["another scheme", { url: url.replace("https", "http") }],
    ["another token", { authToken: `${authToken.slice(1)}0` }],
    ["a changed value", { body: bytes(form.replace("tudo", "nada")) }],
    ["a field more", { body: bytes(`${form}&Extra=1`) }],
    ["a field less", { body: bytes(form.replace("AccountSid=AC1&", "")) }],
    ["an empty body", { body: new Uint8Array() }],
    ["no signature", { signature: undefined }],
    ["no header", { signature: null }],
    ["an empty signature", { signature: "" }],
    ["a signature cut short", { signature: signature.slice(0, -1) }],
    ["a signature in hex", { signature: Buffer.from(signature, "base64").toString("hex") }],
    ["a signature sent twice", { signature: `${signature}, ${signature}` }],
    ["a signature of no alphabet", { signature: "é".repeat(28) }],
    ["an empty token", { authToken: "", signature: sign(url + fields, "") }],
    ["a blank token", { authToken: " ", signature: sign(url + fields, " ") }],
    ["what is no URL", { url: "not a url" }],
  ])("refuses %s", async (_what, change) => {
    expect(await verifyTwilioSignature({ url, body, signature, authToken })).toBe(true);
    expect(await verifyTwilioSignature({ url, body, signature, authToken, ...change })).toBe(false);
  });

  it("answers a boolean for any bytes, any signature and any URL", async () => {
    const anyUrl = fc.oneof(
      fc.string().map((rest) => `https://h.example/${rest}`),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(fc.uint8Array(), fc.string({ minLength: 28, maxLength: 28 }), anyUrl, async (any, wrong, called) => {
        expect(await verifyTwilioSignature({ url: called, body: any, signature: wrong, authToken })).toBe(false);
      }),
    );
  });

  it("refuses a form of more than a thousand fields, whose sorting would cost more than it is worth", async () => {
    const many = (count: number): { body: Uint8Array; signature: string } => ({
      body: bytes(Array.from({ length: count }, () => "a=b").join("&")),
      signature: sign(`${url}ab`),
    });
    expect(await verifyTwilioSignature({ url, authToken, ...many(1000) })).toBe(true);
    expect(await verifyTwilioSignature({ url, authToken, ...many(1001) })).toBe(false);
  });

  it("rejects a body that is no longer bytes", async () => {
    const parsed = { Body: "Olá" } as unknown as Uint8Array;
    await expect(verifyTwilioSignature({ url, body: parsed, signature, authToken })).rejects.toMatchObject({ code: "raw_body_missing" });
  });
});
