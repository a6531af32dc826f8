import { WadeskError } from "@wadesk/core";
import { digestOf, type InboundEvent, readObject, type WebhookScheme, type WebhookSource } from "@wadesk/core/ports";
import type { MagpieSettings } from "./apps.ts";

const SIGNATURE = "magpie-signature";
const usage = { name: "HMAC", hash: "SHA-256" };

const scheme: WebhookScheme = {
  detect: ({ headers }) => headers.has(SIGNATURE),
  account: () => undefined,
  async verify({ headers, body }, secret) {
    const signature = headers.get(SIGNATURE) ?? "";
    if (secret === "" || !/^[0-9a-f]{64}$/.test(signature)) return false;
    const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(secret), usage, false, ["verify"]);
    return crypto.subtle.verify(
      "HMAC",
      key,
      Uint8Array.from(signature.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)),
      new Uint8Array(body),
    );
  },
};

// #region webhook
/** Each app calls an address of its own, `…/webhooks/magpie/<app>`, and signs with its own secret. */
export const magpieWebhook: WebhookSource<MagpieSettings> = {
  paths: ["/magpie/:app"],
  scheme,
  async secretsFor(_account, { parameter = "", settings }) {
    const app = (await settings()).apps[parameter];
    return (app?.secrets ?? []).map((secret) => ({ secret, speaker: `magpie:app:${parameter}` }));
  },
  normalize: ({ body }) => eventsOf(new TextDecoder().decode(body)),
  acknowledge: () => new Response(null, { status: 204 }),
};
// #endregion webhook

function eventsOf(text: string): readonly InboundEvent[] {
  const item = readObject(text);
  if (item === undefined) throw new WadeskError("body_invalid", { detail: "it is no JSON object" });
  const { line, from, id, message } = item;
  const route = `magpie:${String(line)}`;
  if (typeof from !== "string" || typeof id !== "string" || typeof message !== "string")
    return [{ route, orderKey: route, at: 0, key: `${route}|${digestOf(item)}`, type: "event.unknown", data: { raw: item } }];
  const data = { messageId: id, contact: { phone: from }, content: { kind: "text", text: message }, raw: item } as const;
  return [{ route, orderKey: `${route}|${from}`, at: 0, key: `${route}|${from}|${from}|${id}`, type: "message.received", data }];
}
