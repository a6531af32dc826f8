import { createHmac, timingSafeEqual } from "node:crypto";
import { createRequire } from "node:module";
import { parse } from "node:querystring";
import { signTwilio } from "@wadesk/testing";
import { twilio as twilioChannel } from "@wadesk/twilio";
import { verifyTwilioSignature } from "@wadesk/webhooks";
import { type Figure, ratio, timesOf } from "./figure.ts";
import { type Contestant, mustBe, race, ratioOf } from "./race.ts";

const { validateRequest } = createRequire(import.meta.url)("twilio/lib/webhooks/webhooks.js") as {
  validateRequest(authToken: string, signature: string, url: string, form: object): boolean;
};

/** The Auth Token of the benchmark. */
export const TWILIO_TOKEN: string = "9b1c7e2f4a5d6083b1c7e2f4a5d60839";
/** What Twilio called. */
export const TWILIO_URL: string = "https://chat.example.com/webhooks/whatsapp/inbound";
const SID = "SM5f1e0c9b7a3d4e2f8a6b1c0d9e8f7a6b";

/** One text message as Twilio sends it, in Twilio's order. */
export const TWILIO_FORM: URLSearchParams = new URLSearchParams([
  ["SmsMessageSid", SID],
  ["NumMedia", "0"],
  ["ProfileName", "Marina Duarte"],
  ["MessageType", "text"],
  ["SmsSid", SID],
  ["WaId", "5511999990000"],
  ["SmsStatus", "received"],
  ["Body", "Olá! Vocês abrem no domingo? Queria levar as crianças depois do almoço."],
  ["To", "whatsapp:+5511400028922"],
  ["NumSegments", "1"],
  ["ReferralNumMedia", "0"],
  ["MessageSid", SID],
  ["AccountSid", "AC0a1b2c3d4e5f60718293a4b5c6d7e8f9"],
  ["From", "whatsapp:+5511999990000"],
  ["ApiVersion", "2010-04-01"],
]);
const BODY = Buffer.from(TWILIO_FORM.toString());
const SIGNATURE = signTwilio({ url: TWILIO_URL, parameters: TWILIO_FORM, authToken: TWILIO_TOKEN });

const OURS = "verifyTwilioSignature";
const WHOLE = "verifyTwilioSignature + normalize";
const FLOOR = "querystring.parse + HMAC + timingSafeEqual";
const PEER = "twilio's validateRequest + its form parse";

const ours: Contestant = {
  name: OURS,
  async run(times) {
    for (let index = 0; index < times; index += 1) {
      mustBe(await verifyTwilioSignature({ url: TWILIO_URL, body: BODY, signature: SIGNATURE, authToken: TWILIO_TOKEN }), OURS);
    }
  },
};

const { webhook } = twilioChannel();
const RAW = { method: "POST", url: new URL(TWILIO_URL), headers: new Headers(), body: new Uint8Array(BODY) };

const whole: Contestant = {
  name: WHOLE,
  async run(times) {
    for (let index = 0; index < times; index += 1) {
      mustBe(await verifyTwilioSignature({ url: TWILIO_URL, body: BODY, signature: SIGNATURE, authToken: TWILIO_TOKEN }), WHOLE);
      mustBe((await webhook?.normalize(RAW))?.[0]?.type === "message.received", WHOLE);
    }
  },
};

// no sorting and no joining: the fields are read, and as many bytes are signed and compared
const floorSignature = createHmac("sha1", TWILIO_TOKEN).update(BODY).digest("base64");
const floor: Contestant = {
  name: FLOOR,
  run(times) {
    for (let index = 0; index < times; index += 1) {
      const form = parse(BODY.toString());
      const expected = createHmac("sha1", TWILIO_TOKEN).update(BODY).digest();
      mustBe(timingSafeEqual(expected, Buffer.from(floorSignature, "base64")) && form.MessageSid === SID, FLOOR);
    }
  },
};

const peer: Contestant = {
  name: PEER,
  run(times) {
    for (let index = 0; index < times; index += 1) {
      mustBe(validateRequest(TWILIO_TOKEN, SIGNATURE, TWILIO_URL, parse(BODY.toString())), PEER);
    }
  },
};

/** Twilio: one text message, verified, and from bytes to its event. */
export async function twilio(): Promise<{ readonly figures: readonly Figure[]; readonly times: string }> {
  const times = await race([whole, ours, floor, peer]);
  const figures = [
    ratio("Twilio, bytes in to events out, over its floor", ratioOf(times, WHOLE, FLOOR), 1.25),
    ratio("Twilio, verification over its floor", ratioOf(times, OURS, FLOOR), 1.25),
    ratio("Twilio, the same over twilio's validateRequest", ratioOf(times, OURS, PEER), 1),
  ];
  return { figures, times: timesOf(times) };
}
