import { createHmac, timingSafeEqual } from "node:crypto";
import { cloudApi } from "@wadesk/cloud-api";
import { type InboundContext, type InboundPort, inboundSource, systemClock } from "@wadesk/core/ports";
import { createWebhookHandler } from "@wadesk/webhooks";
import { type Figure, ratio, timesOf } from "./figure.ts";
import { APP_SECRET, META_BODY, META_SIGNATURE } from "./meta.ts";
import { type Contestant, mustBe, race, ratioOf } from "./race.ts";

const OURS = "createWebhookHandler";
const BARE = "Request, HMAC, JSON.parse, Response";
const FLOOR = "Request, body, Response and nothing else";

const silent = (): void => undefined;
const log = { debug: silent, info: silent, warn: silent, error: silent };

// the channel's own source; what lies behind `receive` is the inbox's figure, not the handler's
function inboundPort(onReceive: (events: number) => void): InboundPort {
  const channel = cloudApi({ appId: "1", appSecret: APP_SECRET, verifyToken: "token" });
  const settings = { appSecret: [APP_SECRET], verifyToken: ["token"] };
  const platformSecrets = async (): Promise<object[]> => [{ secret: APP_SECRET, of: "1" }];
  const context = {
    settings: async () => settings,
    platformSecrets,
    connectionSecrets: async () => [],
    connectionTokens: async () => [],
    publicUrl: undefined,
    fetch,
    now: Date.now,
    log,
  };
  return {
    sources: [inboundSource({ kind: channel.kind, source: channel.webhook as never }, context as InboundContext)],
    publicUrl: undefined,
    retentionMs: 8 * 24 * 60 * 60 * 1000,
    clock: systemClock,
    log,
    receive: async (_kind, events) => onReceive(events.length),
    passedOver: () => ({ unowned: 0, unspoken: 0 }),
  };
}

const request = (): Request =>
  new Request("https://chat.example.com/webhooks/whatsapp/inbound", {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "content-length": String(META_BODY.length),
      "x-hub-signature-256": META_SIGNATURE,
      "user-agent": "facebookexternalua",
      accept: "*/*",
    },
    body: META_BODY as BodyInit,
  });

let received = 0;
const handler = createWebhookHandler({
  inbound: inboundPort((events) => {
    received += events;
  }),
});
const ours: Contestant = {
  name: OURS,
  async run(times) {
    const before = received;
    for (let index = 0; index < times; index += 1) mustBe((await handler(request())).status === 200, OURS);
    mustBe(received - before === times, OURS);
  },
};

const bare: Contestant = {
  name: BARE,
  async run(times) {
    for (let index = 0; index < times; index += 1) {
      const asked = request();
      const body = new Uint8Array(await asked.arrayBuffer());
      const expected = createHmac("sha256", APP_SECRET).update(body).digest();
      const sent = Buffer.from((asked.headers.get("x-hub-signature-256") ?? "").slice("sha256=".length), "hex");
      const payload = JSON.parse(new TextDecoder().decode(body));
      const answer = new Response(null, { status: timingSafeEqual(expected, sent) ? 200 : 401 });
      mustBe(answer.status === 200 && payload.entry.length === 1, BARE);
    }
  },
};

const floor: Contestant = {
  name: FLOOR,
  async run(times) {
    for (let index = 0; index < times; index += 1) {
      await request().arrayBuffer();
      mustBe(new Response(null, { status: 200 }).ok, FLOOR);
    }
  },
};

/** The whole handler, a Request in and a Response out, with the Cloud API's own source. */
export async function handlerFigures(): Promise<{ readonly figures: readonly Figure[]; readonly times: string }> {
  const times = await race([ours, bare, floor]);
  const figures = [
    ratio("Whole handler, over a bare handler of the same job", ratioOf(times, OURS, BARE)),
    ratio("Whole handler, over Request and Response alone", ratioOf(times, OURS, FLOOR)),
  ];
  return { figures, times: timesOf(times) };
}
