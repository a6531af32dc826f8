import { describe, expect, it } from "vitest";
import { detectProvider } from "./detect-provider.ts";
import { twilioScheme } from "./twilio.ts";

const raw = (headers: Record<string, string>, body = "") => ({
  method: "POST",
  url: new URL("https://chat.example.com/webhooks/whatsapp/inbound"),
  headers: new Headers(headers),
  body: new TextEncoder().encode(body),
});

describe("detectProvider", () => {
  it("goes by the signature header, whatever its case and the content", () => {
    expect(detectProvider(raw({ "X-Hub-Signature-256": "sha256=00" }))).toBe("meta");
    expect(detectProvider(raw({ "X-Twilio-Signature": "AAAA" }, '{"object":"whatsapp_business_account"}'))).toBe("twilio");
    expect(detectProvider(raw({ "x-hub-signature": "sha1=00", "user-agent": "TwilioProxy/1.1" }))).toBeUndefined();
  });
});

describe("the account that a Twilio form names", () => {
  const account = `AC${"1f".repeat(16)}`;
  const other = `AC${"2e".repeat(16)}`;

  it("is its AccountSid", () => {
    expect(twilioScheme.account(raw({}, `Body=x&AccountSid=${account}&To=y`))).toBe(account);
  });

  it.each([
    ["two accounts", `AccountSid=${account}&AccountSid=${other}`],
    ["an account twice", `AccountSid=${account}&AccountSid=${account}`],
    ["a second account in another spelling", `AccountSid=${account}&Account%53id=${other}`],
    ["no account", "Body=x"],
    ["what is no account id", "AccountSid=../../secrets"],
    ["JSON", `{"AccountSid":"${account}"}`],
  ])("is nothing for %s", (_what, body) => {
    expect(twilioScheme.account(raw({}, body))).toBeUndefined();
  });
});
