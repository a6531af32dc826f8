import { createRequire } from "node:module";
import { parse } from "node:querystring";
import { signTwilio } from "@wadesk/testing";
import { verifyTwilioSignature } from "@wadesk/webhooks";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

// Twilio's own validator, by its deep path: the whole client takes 160 ms to load
const { validateRequest, getExpectedTwilioSignature } = createRequire(import.meta.url)("twilio/lib/webhooks/webhooks.js") as {
  validateRequest(authToken: string, signature: string, url: string, form: object): boolean;
  getExpectedTwilioSignature(authToken: string, url: string, form: object): string;
};

const authToken = fc.stringMatching(/^[0-9a-f]{32}$/);
const url = fc
  .tuple(
    fc.constantFrom("https://", "http://"),
    fc.constantFrom("chat.example.com", "127.0.0.1", "[::1]"),
    fc.constantFrom("", ":443", ":80", ":8443"),
    fc.constantFrom("/", "/webhooks/whatsapp/inbound", "/p%20q/'r'"),
    fc.constantFrom("", "?a=1", "?name=O'Neil&x=%27", "?a=b+c&a=%20&b=ü"),
  )
  .map((parts) => parts.join(""));
const text = fc.string({ unit: "grapheme", maxLength: 20 });
const name = fc.oneof(fc.constantFrom("Body", "From", "To", "MediaUrl0", "AccountSid"), fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,8}$/));
const fields = fc.array(fc.tuple(name, text), { minLength: 1, maxLength: 40 });

const bytesOf = (pairs: [string, string][]): Buffer => Buffer.from(new URLSearchParams(pairs).toString());

describe("verifyTwilioSignature beside Twilio's own validateRequest", () => {
  it("accepts what Twilio signs, over any form and any spelling of the port", async () => {
    await fc.assert(
      fc.asyncProperty(authToken, url, fields, async (token, called, pairs) => {
        const body = bytesOf(pairs);
        const form = parse(body.toString());
        const signature = getExpectedTwilioSignature(token, called, form);
        expect(validateRequest(token, signature, called, form)).toBe(true);
        expect(await verifyTwilioSignature({ url: called, body, signature, authToken: token })).toBe(true);
        expect(signTwilio({ url: called, parameters: pairs, authToken: token })).toBe(signature);
      }),
    );
  });

  it("agrees about every spelling of the URL that was signed, and about a changed form", async () => {
    const verdicts = { same: 0, accepted: 0 };
    await fc.assert(
      fc.asyncProperty(authToken, url, url, fields, fields, fc.boolean(), async (token, called, signed, pairs, others, changed) => {
        const body = bytesOf(changed ? others : pairs);
        const signature = getExpectedTwilioSignature(token, signed, parse(bytesOf(pairs).toString()));
        const theirs = validateRequest(token, signature, called, parse(body.toString()));
        expect(await verifyTwilioSignature({ url: called, body, signature, authToken: token })).toBe(theirs);
        verdicts.same += 1;
        verdicts.accepted += Number(theirs);
      }),
      { numRuns: 2000 },
    );
    expect(verdicts.accepted).toBeGreaterThan(0);
    expect(verdicts.accepted).toBeLessThan(verdicts.same);
  });
});
