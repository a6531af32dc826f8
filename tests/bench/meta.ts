import { createHmac, timingSafeEqual } from "node:crypto";
import { normalizeWebhook, verifySignature } from "@kapso/whatsapp-cloud-api/server";
import { normalizeMeta } from "@wadesk/cloud-api/inbound";
import { verifyMetaSignature } from "@wadesk/webhooks";
import { type Figure, ratio, timesOf } from "./figure.ts";
import { type Contestant, mustBe, race, ratioOf } from "./race.ts";

/** The App Secret of the benchmark. */
export const APP_SECRET = "5f2a9c1be07d4c3f8a6b1d2e3f405162";

/** One text message as Meta sends it. */
export const META_BODY: Uint8Array = new TextEncoder().encode(
  JSON.stringify({
    object: "whatsapp_business_account",
    entry: [
      {
        id: "104996122399160",
        changes: [
          {
            value: {
              messaging_product: "whatsapp",
              metadata: { display_phone_number: "5511400028922", phone_number_id: "106853218861309" },
              contacts: [{ profile: { name: "Marina Duarte" }, wa_id: "5511999990000" }],
              messages: [
                {
                  from: "5511999990000",
                  id: "wamid.HBgNNTUxMTk5OTk5MDAwMBUCABIYIDNBOEM2RjA1QjdEOTRFMUE4QjYzAA==",
                  // of now: what is older than the inbox remembers goes another way
                  timestamp: String(Math.floor(Date.now() / 1000)),
                  type: "text",
                  text: { body: "Olá! Vocês abrem no domingo? Queria levar as crianças depois do almoço." },
                },
              ],
            },
            field: "messages",
          },
        ],
      },
    ],
  }),
);

/** The header that belongs to {@link META_BODY}. */
export const META_SIGNATURE: string = `sha256=${createHmac("sha256", APP_SECRET).update(META_BODY).digest("hex")}`;

const OURS = "verifyMetaSignature + normalizeMeta";
const FLOOR = "HMAC + timingSafeEqual + JSON.parse";
const PEER = "@kapso/whatsapp-cloud-api";

const decoder = new TextDecoder();

const ours: Contestant = {
  name: OURS,
  async run(times) {
    for (let index = 0; index < times; index += 1) {
      const genuine = await verifyMetaSignature({ body: META_BODY, signature: META_SIGNATURE, appSecret: APP_SECRET });
      const events = normalizeMeta(JSON.parse(decoder.decode(META_BODY)));
      mustBe(genuine && events[0]?.type === "message.received", OURS);
    }
  },
};

const floor: Contestant = {
  name: FLOOR,
  run(times) {
    for (let index = 0; index < times; index += 1) {
      const expected = createHmac("sha256", APP_SECRET).update(META_BODY).digest();
      const genuine = timingSafeEqual(expected, Buffer.from(META_SIGNATURE.slice("sha256=".length), "hex"));
      const payload = JSON.parse(decoder.decode(META_BODY));
      mustBe(genuine && payload.entry.length === 1, FLOOR);
    }
  },
};

const peer: Contestant = {
  name: PEER,
  run(times) {
    const rawBody = Buffer.from(META_BODY.buffer);
    for (let index = 0; index < times; index += 1) {
      const genuine = verifySignature({ appSecret: APP_SECRET, rawBody, signatureHeader: META_SIGNATURE });
      const events = normalizeWebhook(JSON.parse(rawBody.toString("utf8")));
      mustBe(genuine && events.messages.length === 1, PEER);
    }
  },
};

/** Meta: bytes in, events out, one text message. */
export async function meta(): Promise<{ readonly figures: readonly Figure[]; readonly times: string }> {
  const times = await race([ours, floor, peer]);
  const figures = [
    ratio("Meta, bytes in to events out, over its floor", ratioOf(times, OURS, FLOOR), 1.2),
    ratio(`Meta, the same over ${PEER}`, ratioOf(times, OURS, PEER), 1),
  ];
  return { figures, times: timesOf(times) };
}
