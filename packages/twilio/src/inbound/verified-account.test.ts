import type { RawRequest } from "@wadesk/core/ports";
import { expect, it } from "vitest";
import { twilioWebhook } from "./webhook.ts";

const ours = "AC0123456789abcdef0123456789abcdef";
const theirs = "ACfedcba9876543210fedcba9876543210";
const request = (body: string): RawRequest => ({
  method: "POST",
  url: new URL("https://chat.example.com/webhooks/whatsapp/inbound"),
  headers: new Headers(),
  body: new TextEncoder().encode(body),
});
const rest =
  "From=whatsapp%3A%2B5511999990000&To=whatsapp%3A%2B15550100002&MessageSid=SM00000000000000000000000000000001&SmsStatus=received&Body=Oi";

it("takes a form for the account that signed it, and for no other", async () => {
  const form = request(`AccountSid=${ours}&${rest}`);
  expect(await twilioWebhook.normalize(form, ours)).toMatchObject([{ type: "message.received" }]);
  await expect(twilioWebhook.normalize(form, theirs)).rejects.toThrow(expect.objectContaining({ code: "body_invalid" }));
});

it("reads a leading question mark as a part of the name, whether or not the form has other letters than ASCII", async () => {
  for (const end of ["", "é"]) {
    const form = request(`?AccountSid=${theirs}&${rest}${end}`);
    await expect(twilioWebhook.normalize(form)).rejects.toThrow(expect.objectContaining({ code: "body_invalid" }));
  }
});

it.each(["SM1", "SM|+5511999990000|read", `IM${"0".repeat(32)}`, "x".repeat(100_000)])(
  "makes no message of a form whose MessageSid is none of Twilio's, but keeps what it says: %.20s",
  async (sid) => {
    const of = (given: string) => request(`AccountSid=${ours}&${rest.replace(/SM0+1/, encodeURIComponent(given))}`);
    expect(await twilioWebhook.normalize(of(`MM${"a1".repeat(16)}`), ours)).toMatchObject([{ type: "message.received" }]);
    const [event, ...others] = await twilioWebhook.normalize(of(sid), ours);
    expect([event, others]).toMatchObject([{ type: "event.unknown", data: { raw: { MessageSid: sid, Body: "Oi" } } }, []]);
    expect(event?.key.length).toBeLessThan(300);
  },
);
