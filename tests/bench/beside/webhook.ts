import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { connectionOf, signTwilio } from "@wadesk/testing";
import { APP_SECRET, META_BODY, META_SIGNATURE } from "../meta.ts";
import { type Contestant, mustBe, race, ratioOf } from "../race.ts";
import { TWILIO_FORM, TWILIO_TOKEN, TWILIO_URL } from "../twilio.ts";

const HERE = join(import.meta.dirname, "../../..");
const COURSE = { rounds: 60, warmUp: 20, times: 200 };

interface Modules {
  readonly core: typeof import("@wadesk/core");
  readonly webhooks: typeof import("@wadesk/webhooks");
  readonly cloudApi: typeof import("@wadesk/cloud-api");
  readonly meta: typeof import("@wadesk/cloud-api/inbound");
  readonly twilio: typeof import("@wadesk/twilio/inbound");
}

type Job = (times: number) => Promise<void>;

/** From a request's bytes to its events, and the whole handler, in one process that has loaded the sources of both checkouts. */
export async function webhookPairs(other: string, pairs: number): Promise<ReadonlyMap<string, readonly number[]>> {
  const ours = await modulesOf(HERE);
  const theirs = await modulesOf(other);
  const found = new Map<string, number[]>();
  for (const [what, jobOf] of Object.entries(JOBS)) {
    const contestants: readonly Contestant[] = [
      { name: "this", run: await jobOf(ours) },
      { name: "other", run: await jobOf(theirs) },
    ];
    for (let pair = 0; pair < pairs; pair += 1) {
      found.set(what, [...(found.get(what) ?? []), ratioOf(await race(contestants, COURSE), "this", "other")]);
    }
  }
  return found;
}

async function modulesOf(checkout: string): Promise<Modules> {
  const load = (path: string): Promise<unknown> => import(pathToFileURL(join(checkout, "packages", path)).href);
  return {
    core: await load("core/src/index.ts"),
    webhooks: await load("webhooks/src/index.ts"),
    cloudApi: await load("cloud-api/src/index.ts"),
    meta: await load("cloud-api/src/inbound/index.ts"),
    twilio: await load("twilio/src/inbound/index.ts"),
  } as Modules;
}

const decoder = new TextDecoder();
const TWILIO_SIGNATURE = signTwilio({ url: TWILIO_URL, parameters: TWILIO_FORM, authToken: TWILIO_TOKEN });
const TWILIO_BODY = Buffer.from(TWILIO_FORM.toString());

const JOBS: Readonly<Record<string, (modules: Modules) => Promise<Job>>> = {
  "Webhook of Meta, bytes in to events out": async ({ webhooks, meta }) =>
    repeat(async () => {
      const genuine = await webhooks.verifyMetaSignature({ body: META_BODY, signature: META_SIGNATURE, appSecret: APP_SECRET });
      const events = meta.normalizeMeta(JSON.parse(decoder.decode(META_BODY)));
      return genuine && events[0]?.type === "message.received";
    }),
  "Webhook of Twilio, bytes in to events out": async ({ webhooks, twilio }) =>
    repeat(async () => {
      const asked = { url: TWILIO_URL, body: TWILIO_BODY, signature: TWILIO_SIGNATURE, authToken: TWILIO_TOKEN };
      const genuine = await webhooks.verifyTwilioSignature(asked);
      return genuine && twilio.normalizeTwilio(TWILIO_FORM)[0]?.type === "message.received";
    }),
  // delivered again and again: what it costs to hear it, and not what becomes of it
  "Webhook handler, Request to Response": async ({ core, cloudApi, webhooks }) => {
    const storage = core.memoryStorage();
    // as a connect stores it
    await storage.connections.insert(connectionOf({ route: "cloud-api:106853218861309", speaker: "cloud-api:app:1" }));
    const wadesk = core.createWadesk({
      channels: [cloudApi.cloudApi({ appId: "1", appSecret: APP_SECRET, verifyToken: "token" })],
      encryptionKeys: `k1:${Buffer.alloc(32, 1).toString("base64url")}`,
      storage,
    });
    const handler = webhooks.createWebhookHandler(wadesk);
    const headers = { "content-type": "application/json", "x-hub-signature-256": META_SIGNATURE };
    return repeat(async () => {
      const asked = new Request("https://chat.example.com/webhooks/whatsapp/inbound", {
        method: "POST",
        headers,
        body: META_BODY as BodyInit,
      });
      return (await handler(asked)).status === 200;
    });
  },
};

function repeat(once: () => Promise<boolean>): Job {
  return async (times) => {
    for (let index = 0; index < times; index += 1) mustBe(await once(), "a webhook");
  };
}
