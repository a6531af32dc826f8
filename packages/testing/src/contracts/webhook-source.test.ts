import { WadeskError } from "@wadesk/core";
import type { InboundEvent, RawRequest, WebhookSource } from "@wadesk/core/ports";
import { signMeta, signTwilio } from "../signing.ts";
import { webhookSourceContract } from "./webhook-source.ts";

interface Settings {
  readonly secrets: readonly string[];
}

const SECRET = "a secret of the vendor's";
const URL_CALLED = "https://chat.example.com/webhooks/tiny";

function eventOf(kind: string, route: string, sender: unknown, id: unknown, text: unknown): InboundEvent {
  const own = `${kind}:${route}`;
  const base = { key: `${own}|${sender}|${id}`, route: own, orderKey: `${own}|${sender}`, at: 1_600_000_000_000 };
  if (typeof text !== "string") return { ...base, type: "event.unknown", data: { raw: text } };
  const contact = { phone: String(sender) };
  return { ...base, type: "message.received", data: { messageId: String(id), contact, content: { kind: "text", text }, raw: text } };
}

function source(kind: string, scheme: "meta" | "twilio", read: (body: string) => readonly InboundEvent[]): WebhookSource<Settings> {
  return {
    paths: [`/${kind}`],
    scheme,
    secretsFor: async (_account, context) =>
      (await context.platformSecrets("secrets")).map(({ secret }) => ({ secret, speaker: `${kind}:vendor` })),
    normalize: ({ body }) => read(new TextDecoder().decode(body)),
    acknowledge: () => new Response(null, { status: 204 }),
  };
}

const request = (body: string, header: string, signature: string): RawRequest => ({
  method: "POST",
  url: new URL(URL_CALLED),
  headers: new Headers({ [header]: signature }),
  body: new TextEncoder().encode(body),
});

const shared = { settings: { secrets: [SECRET] }, settingsWithoutSecret: { secrets: [] }, secret: SECRET };

function readJson(body: string): readonly InboundEvent[] {
  let items: unknown;
  try {
    items = JSON.parse(body).items;
  } catch (cause) {
    throw new WadeskError("body_invalid", { cause });
  }
  if (!Array.isArray(items)) throw new WadeskError("body_invalid");
  return items.map((item: Record<string, unknown> | null) => eventOf("tiny", "1", item?.from, item?.id, item?.text));
}

webhookSourceContract("a source of JSON signed as Meta signs", {
  ...shared,
  kind: "tiny",
  source: source("tiny", "meta", readJson),
  request: (body, secret) => request(body, "x-hub-signature-256", signMeta(body, secret)),
  message: '{"items":[{"from":"+5511999990000","id":"m1","text":"Hello"}]}',
  unknown: ['{"items":[{"from":"+5511999990000","id":"m2","dance":true}]}'],
  invalid: "no JSON",
});

function readForm(body: string): readonly InboundEvent[] {
  const form = new URLSearchParams(body);
  if (!form.has("MessageSid")) throw new WadeskError("body_invalid");
  return [eventOf("form", "2", form.get("From"), form.get("MessageSid"), form.get("Body") ?? undefined)];
}

webhookSourceContract("a source of forms signed as Twilio signs", {
  ...shared,
  kind: "form",
  source: source("form", "twilio", readForm),
  request: (body, secret) =>
    request(body, "x-twilio-signature", signTwilio({ url: URL_CALLED, parameters: new URLSearchParams(body), authToken: secret })),
  message: "MessageSid=SM1&From=whatsapp%3A%2B5511999990000&Body=Hello",
  unknown: ["MessageSid=SM2&From=whatsapp%3A%2B5511999990000"],
  invalid: "Hello=1",
});
