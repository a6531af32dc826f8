import { signTwilio } from "@wadesk/testing";
import { describe, expect, it } from "vitest";
import { createWebhookHandler } from "./handler.ts";
import { echoInbound, echoSource, SECRET } from "./testing/echo-inbound.ts";

const FORM = "Body=hello&MessageSid=SM1";

interface Attempt {
  readonly signed: string;
  readonly called: string;
  readonly publicUrl?: string;
  readonly trustForwarded?: boolean;
  readonly headers?: Record<string, string>;
}

async function statusOf({ signed, called, publicUrl, trustForwarded = false, headers = {} }: Attempt): Promise<number> {
  const source = echoSource({ scheme: "twilio", normalize: () => [] });
  const { wadesk } = echoInbound({ sources: [{ kind: "echo", source }], ...(publicUrl && { publicUrl }) });
  const signature = signTwilio({ url: signed, parameters: new URLSearchParams(FORM), authToken: SECRET });
  const request = new Request(called, { method: "POST", body: FORM, headers: { "x-twilio-signature": signature, ...headers } });
  return (await createWebhookHandler(wadesk, { trustForwarded })(request)).status;
}

const PUBLIC = "https://chat.example.com/webhooks/whatsapp/inbound";
const INNER = "http://10.0.0.7:3000/webhooks/whatsapp/inbound";
const FORWARDED = { "x-forwarded-proto": "https", "x-forwarded-host": "chat.example.com" };

describe("the URL that a signature is checked against", () => {
  it("is the request's own where nothing stands in front", async () => {
    expect(await statusOf({ signed: PUBLIC, called: PUBLIC })).toBe(200);
    expect(await statusOf({ signed: PUBLIC, called: INNER })).toBe(401);
  });

  it.each([
    ["the origin", "https://chat.example.com", PUBLIC, INNER],
    ["the origin with a slash", "https://chat.example.com/", PUBLIC, INNER],
    ["a path that the proxy strips", "https://example.com/chat", "https://example.com/chat/webhooks/whatsapp/inbound", INNER],
    [
      "a path that the proxy keeps",
      "https://example.com/chat/",
      "https://example.com/chat/webhooks/wa-calling",
      "http://10.0.0.7/chat/webhooks/wa-calling",
    ],
    [
      "a path that is the base path's name",
      "https://example.com/webhooks",
      "https://example.com/webhooks/webhooks/wa-calling",
      "http://10.0.0.7/webhooks/wa-calling",
    ],
  ])("is below publicUrl: %s", async (_what, publicUrl, signed, called) => {
    expect(await statusOf({ signed, called, publicUrl })).toBe(200);
    expect(await statusOf({ signed, called })).not.toBe(200);
  });

  it("keeps the query and the trailing slash as they were called", async () => {
    const tail = "/?a=b+c&d=%20";
    expect(await statusOf({ signed: PUBLIC + tail, called: INNER + tail, publicUrl: "https://chat.example.com" })).toBe(200);
  });

  it("believes forwarded headers only when told to, and publicUrl more than them", async () => {
    expect(await statusOf({ signed: PUBLIC, called: INNER, headers: FORWARDED, trustForwarded: true })).toBe(200);
    expect(await statusOf({ signed: PUBLIC, called: INNER, headers: FORWARDED })).toBe(401);
    const misled = { ...FORWARDED, "x-forwarded-host": "evil.example" };
    expect(
      await statusOf({ signed: PUBLIC, called: INNER, headers: misled, trustForwarded: true, publicUrl: "https://chat.example.com" }),
    ).toBe(200);
  });

  it("takes the first of a chain of proxies, and the scheme alone where a proxy forwards no host", async () => {
    const chain = { "x-forwarded-proto": "https, http", "x-forwarded-host": " chat.example.com , inner.example" };
    expect(await statusOf({ signed: PUBLIC, called: INNER, headers: chain, trustForwarded: true })).toBe(200);
    const called = PUBLIC.replace("https", "http");
    expect(await statusOf({ signed: PUBLIC, called, headers: { "x-forwarded-proto": "https" }, trustForwarded: true })).toBe(200);
  });

  it.each(["a b", "a/b", "user@a", "a#b", "a?b", "a\\b", "[", "a:99999"])("ignores the forwarded host %j", async (host) => {
    const headers = { "x-forwarded-proto": "https", "x-forwarded-host": host };
    expect(await statusOf({ signed: INNER, called: INNER, headers, trustForwarded: true })).toBe(200);
  });

  it("ignores a forwarded scheme that is none of the web's", async () => {
    const headers = { "x-forwarded-proto": "file", "x-forwarded-host": "chat.example.com" };
    expect(await statusOf({ signed: INNER, called: INNER, headers, trustForwarded: true })).toBe(200);
  });
});
