import { type InboundEvent, parseJson, type RawRequest, WadeskError, type WebhookSource } from "@wadesk/core";
import type { CloudApiSettings } from "../options.ts";
import { normalizeMeta } from "./normalize.ts";

const decoder = new TextDecoder();

/** Meta's side of the webhook endpoint. Both paths take every field: Meta has one callback per app. */
export const metaWebhook: WebhookSource<CloudApiSettings> = {
  paths: ["/whatsapp/inbound", "/wa-calling"],
  scheme: "meta",
  secretsFor: async (_account, context) => (await context.settings()).appSecret.filter((secret) => secret !== ""),
  verifyTokens: async (context) => (await context.settings()).verifyToken.filter((token) => token !== ""),
  normalize: normalizeRequest,
  acknowledge: () => new Response("", { status: 200 }),
};

function normalizeRequest({ body }: RawRequest): readonly InboundEvent[] {
  let payload: unknown;
  try {
    payload = parseJson(decoder.decode(body));
  } catch {
    throw new WadeskError("body_invalid", { detail: "it is not JSON" });
  }
  return normalizeMeta(payload);
}
