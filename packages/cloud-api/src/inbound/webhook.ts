import { WadeskError } from "@wadesk/core";
import { type InboundEvent, parseJson, type RawRequest, type WebhookSource } from "@wadesk/core/ports";
import type { CloudApiSettings } from "../options.ts";
import { asList, asRecord, asTime } from "../wire/wire.ts";
import { speakerOfApp, speakerOfNumber } from "./address/speaker.ts";
import { normalizeMeta } from "./normalize.ts";

const decoder = new TextDecoder();

/** For so long Meta delivers again what was not answered 200 (Meta, "Webhooks: overview"; the page about endpoints says 36 hours). */
const REDELIVERED_FOR_MS: number = 7 * 24 * 60 * 60 * 1000;

/** Meta's side of the webhook endpoint. Both paths take every field: Meta has one callback per app. */
export const metaWebhook: WebhookSource<CloudApiSettings> = {
  paths: ["/whatsapp/inbound", "/wa-calling"],
  scheme: "meta",
  secretsFor: async (_account, context) => {
    const secrets = await context.platformSecrets("appSecret");
    return secrets.filter(({ secret }) => secret !== "").map(({ secret, of }) => ({ secret, speaker: speakerOfApp(of) }));
  },
  speakerOf: speakerOfNumber,
  verifyTokens: async (context) => (await context.settings()).verifyToken.filter((token) => token !== ""),
  normalize: normalizeRequest,
  redelivery: { forMs: REDELIVERED_FOR_MS, madeAt },
  acknowledge: () => new Response("", { status: 200 }),
};

// its newest entry's, which says when Meta sent it and not what it tells of; webhooks of messages may have none
function madeAt({ body }: RawRequest): number | undefined {
  const times = asList(asRecord(parsed(body))?.entry).map((entry) => asTime(asRecord(entry)?.time, 0));
  const newest = times.reduce((latest, time) => Math.max(latest, time), 0);
  return newest > 0 ? newest : undefined;
}

function normalizeRequest({ body }: RawRequest): readonly InboundEvent[] {
  return normalizeMeta(parsed(body));
}

function parsed(body: Uint8Array): unknown {
  try {
    return parseJson(decoder.decode(body));
  } catch {
    throw new WadeskError("body_invalid", { detail: "it is not JSON" });
  }
}
