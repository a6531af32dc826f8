import { WadeskError } from "@wadesk/core";
import { once, parseJson, type RawRequest, type WebhookSource } from "@wadesk/core/ports";
import type { CloudApiSecret } from "../details.ts";
import type { CloudApiSettings } from "../options.ts";
import { asList, asRecord, asTime } from "../wire/wire.ts";
import { speakerOfApp, speakerOfNumber, speakerOfOwnApp } from "./address/speaker.ts";

// with the first webhook: it is most of what this package would load, and an import cannot know whether any will come
const reader = /* @__PURE__ */ once(() => import("./normalize.ts"));

const decoder = new TextDecoder();

/** For so long Meta delivers again what was not answered 200 (Meta, "Webhooks: overview"; the page about endpoints says 36 hours). */
const REDELIVERED_FOR_MS: number = 7 * 24 * 60 * 60 * 1000;

/** Where the platform's app calls; both take every field, since Meta has one callback per app. */
export const PLATFORM_PATHS: readonly `/${string}`[] = ["/whatsapp/inbound", "/wa-calling"];

const OWN_APP_PATH = "/whatsapp/inbound/:app";

/** Where an app of a connection's own calls, below the handler's base path. Its id alone picks the secrets and tokens; the platform's are not among them. */
export function ownAppPath(appId: string): string {
  return OWN_APP_PATH.replace(":app", appId);
}

// whatever else stands there is nobody's, and is worth no read
function isAppId(parameter: string): boolean {
  return /^\d{1,32}$/.test(parameter);
}

function ownAppIn(secret: unknown): CloudApiSecret["app"] {
  return (asRecord(secret) as Partial<CloudApiSecret> | undefined)?.app;
}

function textsIn(text: string | undefined): readonly string[] {
  return text === undefined ? [] : [text];
}

/** Meta's side of the webhook endpoint. */
export const metaWebhook: WebhookSource<CloudApiSettings> = {
  paths: [...PLATFORM_PATHS, OWN_APP_PATH],
  scheme: "meta",
  secretsFor: async (_account, context) => {
    const { parameter } = context;
    if (parameter !== undefined) return isAppId(parameter) ? context.connectionSecrets(speakerOfOwnApp(parameter)) : [];
    const secrets = await context.platformSecrets("appSecret");
    return secrets.filter(({ secret }) => secret !== "").map(({ secret, of }) => ({ secret, speaker: speakerOfApp(of) }));
  },
  speakerOf: speakerOfNumber,
  signingSecrets: (secret) => ownAppIn(secret)?.secrets ?? [],
  challengeTokens: (secret) => textsIn(ownAppIn(secret)?.verifyToken),
  verifyTokens: async (context) => {
    const { parameter } = context;
    if (parameter !== undefined) return isAppId(parameter) ? context.connectionTokens(speakerOfOwnApp(parameter)) : [];
    return (await context.settings()).verifyToken.filter((token) => token !== "");
  },
  normalize: async ({ body }) => (await reader()).normalizeMeta(parsed(body)),
  redelivery: { forMs: REDELIVERED_FOR_MS, madeAt },
  // without a body, so that head and end are one write
  acknowledge: () => new Response(null, { status: 200 }),
};

// its newest entry's, which says when Meta sent it and not what it tells of; webhooks of messages may have none
function madeAt({ body }: RawRequest): number | undefined {
  const times = asList(asRecord(parsed(body))?.entry).map((entry) => asTime(asRecord(entry)?.time, 0));
  const newest = times.reduce((latest, time) => Math.max(latest, time), 0);
  return newest > 0 ? newest : undefined;
}

function parsed(body: Uint8Array): unknown {
  try {
    return parseJson(decoder.decode(body));
  } catch {
    throw new WadeskError("body_invalid", { detail: "it is not JSON" });
  }
}
