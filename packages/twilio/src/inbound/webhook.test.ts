import type { SecretsContext } from "@wadesk/core/ports";
import { signTwilio } from "@wadesk/testing";
import { webhookSourceContract } from "@wadesk/testing/contracts";
import { describe, expect, it } from "vitest";
import type { TwilioSettings } from "../options.ts";
import { twilioWebhook } from "./webhook.ts";

const accountSid = "AC0123456789abcdef0123456789abcdef";
const other = "ACfedcba9876543210fedcba9876543210";
const sid = "SM0123456789abcdef0123456789abcdef";
const settings: TwilioSettings = { accountSid, authToken: ["current", "next"], senders: [] };
const form = (fields: Record<string, string>): string =>
  new URLSearchParams({
    MessageSid: sid,
    SmsSid: sid,
    AccountSid: accountSid,
    From: "whatsapp:+5511999990000",
    To: "whatsapp:+15550001111",
    ApiVersion: "2010-04-01",
    ...fields,
  }).toString();

webhookSourceContract("twilio", {
  kind: "twilio",
  source: twilioWebhook,
  settings,
  settingsWithoutSecret: { authToken: [""], senders: [] },
  secret: "current",
  request: (body, secret) => {
    const url = "https://chat.example.com/webhooks/whatsapp/inbound";
    const signature = signTwilio({ url, parameters: new URLSearchParams(body), authToken: secret });
    return {
      method: "POST",
      url: new URL(url),
      headers: new Headers({ "content-type": "application/x-www-form-urlencoded; charset=utf-8", "x-twilio-signature": signature }),
      body: new TextEncoder().encode(body),
    };
  },
  message: form({
    SmsStatus: "received",
    MessageType: "image",
    NumMedia: "2",
    MediaUrl0: "https://api.twilio.com/m0",
    MediaContentType0: "image/jpeg",
    MediaUrl1: "https://api.twilio.com/m1",
    MediaContentType1: "application/pdf",
    Body: "Olá",
    ProfileName: "Ana",
    WaId: "5511999990000",
    ExternalUserId: "whatsapp:BR.1A2b",
    OriginalRepliedMessageSid: sid,
    Forwarded: "true",
    ReferralCtwaClid: "click",
    ReferralSourceUrl: "https://fb.example/ad",
  }),
  unknown: [form({ MessageStatus: "teleported" }), form({ MessageType: "hologram" }), form({ From: "+15550009999", To: "+15550001111" })],
  invalid: "hello=world",
});

describe("Twilio's side of the webhook endpoint", () => {
  const stored = { ...settings, accountSid, authToken: ["current", "next", "current", " "] };
  const asked: string[] = [];
  const context = (own: readonly string[] = []): SecretsContext<TwilioSettings> =>
    ({
      settings: async () => stored,
      platformSecrets: async () => [{ secret: "former", of: other }],
      connectionSecrets: async (speaker: string) => {
        asked.push(speaker);
        return own.map((secret) => ({ secret, speaker }));
      },
    }) as unknown as SecretsContext<TwilioSettings>;

  it("takes the tokens of the account that the form names alone, the admin's first and each once", async () => {
    const speaker = `twilio:${accountSid}`;
    expect(await twilioWebhook.secretsFor(accountSid, context(["tenant", "next"]))).toEqual([
      { secret: "current", speaker },
      { secret: "next", speaker },
      { secret: "tenant", speaker },
    ]);
    // the admin has left that one, and the token that was kept of it may be why
    expect(await twilioWebhook.secretsFor(other, context(["new"]))).toEqual([{ secret: "new", speaker: `twilio:${other}` }]);
    expect(asked).toEqual([speaker, `twilio:${other}`]);
  });

  it("has no token for an account that nobody connected, nor for a request that names none", async () => {
    expect(await twilioWebhook.secretsFor(`AC${"0".repeat(32)}`, context())).toEqual([]);
    expect(await twilioWebhook.secretsFor(undefined, context(["t"]))).toEqual([]);
  });

  it("signs with the token of a connection's own, and with nothing where it inherits the admin's", () => {
    expect(twilioWebhook.signingSecrets?.({ authToken: "t" })).toEqual(["t"]);
    for (const secret of [{ inherited: true }, undefined, "x", { authToken: 7 }])
      expect(twilioWebhook.signingSecrets?.(secret)).toEqual([]);
  });

  it("answers empty TwiML, since any other text would be sent to the person", async () => {
    const answer = twilioWebhook.acknowledge({} as never);
    expect([answer.status, answer.headers.get("content-type"), await answer.text()]).toEqual([
      200,
      "text/xml; charset=utf-8",
      '<?xml version="1.0" encoding="UTF-8"?><Response/>',
    ]);
  });

  it("calls JSON body_invalid, which Twilio signs otherwise and sends for other products", async () => {
    const raw = { method: "POST", url: new URL("https://x.example"), headers: new Headers() };
    const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
    expect(await twilioWebhook.normalize({ ...raw, body: bytes(form({ Body: "Oi", MessageType: "text" })) })).toHaveLength(1);
    await expect(twilioWebhook.normalize({ ...raw, body: bytes(JSON.stringify({ AccountSid: accountSid })) })).rejects.toThrow(
      /it is JSON/,
    );
  });
});
