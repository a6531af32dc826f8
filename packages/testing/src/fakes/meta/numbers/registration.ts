import { type Call, numberOf, type Operation } from "../graph/call.ts";
import { graphError } from "../graph/graph-error.ts";
import { refuseMalformed } from "../graph/graph-request.ts";
import { anything, choice, integer, shape, text } from "../graph/rules.ts";
import type { NumberState } from "../state.ts";

const LIMIT = 10;
const LIMIT_WINDOW_MS = 72 * 3_600_000;
const REGIONS = ["AE", "AU", "BH", "BR", "CA", "CH", "DE", "GB", "ID", "IN", "JP", "KR", "SG", "ZA"];

const REGISTRATION = shape(
  { messaging_product: choice("whatsapp"), pin: text({ min: 6, max: 6, pattern: /^[0-9]{6}$/, like: "a 6-digit PIN" }) },
  {
    backup: shape({}, { password: text(), data: text() }),
    tier: choice("PROD", "SANDBOX"),
    data_localization_region: choice(...REGIONS),
    meta_store_retention_minutes: integer(60, 60),
    access_token: anything,
    appsecret_proof: anything,
  },
);

/** `POST /{Phone-Number-ID}/register`. A number that has a PIN wants the same again. */
export const registerNumber: Operation = (call) => {
  const number = numberOf(call);
  refuseMalformed(call.request);
  REGISTRATION(call.request.body, "");
  const pin = String(call.request.body.pin);
  if ((number.fields.code_verification_status ?? "VERIFIED") !== "VERIFIED") {
    throw graphError(133006, { details: "The phone number needs to be verified before it is registered." });
  }
  count(call, number.registrations.register);
  guess(call, number, pin);
  number.pin = pin;
  number.registered = true;
  // a number that also lives in the Business app is taken from it: what breaks coexistence for those who register it
  if (number.fields.is_on_biz_app === true) number.fields.is_on_biz_app = false;
  return { body: { success: true } };
};

/** `POST /{Phone-Number-ID}/deregister`. */
export const deregisterNumber: Operation = (call) => {
  const number = numberOf(call);
  refuseMalformed(call.request);
  if (number.fields.is_on_biz_app === true) {
    throw graphError(100, {
      message: "(#100) Deregister endpoint is not available for numbers that are used in the WhatsApp Business app.",
    });
  }
  if (!number.registered) throw graphError(133010, { details: "The account is not registered." });
  count(call, number.registrations.deregister);
  number.registered = false;
  return { body: { success: true } };
};

// Meta tells a wait and not its rule (133008, 133009): how many guesses and which waits is this fake's own choice
const FAST_AFTER = 3;
const FAST_WITHIN_MS = 60_000;
const TOO_MANY = 6;
const TOO_MANY_WITHIN_MS = 3_600_000;

function guess(call: Call, number: NumberState, pin: string): void {
  if (number.pin === undefined) return;
  const now = call.state.clock.now();
  const recent = number.wrongPins.filter((at) => at > now - TOO_MANY_WITHIN_MS);
  const [first = now] = recent;
  const last = recent.at(-1) ?? 0;
  if (recent.length >= TOO_MANY) throw waiting(133008, first + TOO_MANY_WITHIN_MS - now);
  if (recent.length >= FAST_AFTER && now - last < FAST_WITHIN_MS) throw waiting(133009, last + FAST_WITHIN_MS - now);
  if (number.pin === pin) {
    number.wrongPins.length = 0;
    return;
  }
  number.wrongPins.splice(0, number.wrongPins.length, ...recent, now);
  throw graphError(133005, { details: "Two step verification PIN mismatch." });
}

function waiting(code: number, waitMs: number): Error {
  return graphError(code, { details: `Please try again after ${Math.ceil(waitMs / 1000)} seconds.` });
}

function count(call: Call, calls: number[]): void {
  const now = call.state.clock.now();
  const recent = calls.filter((at) => at > now - LIMIT_WINDOW_MS);
  if (recent.length >= LIMIT) throw graphError(133016, { details: "Too many registrations of this number. Try again later." });
  calls.splice(0, calls.length, ...recent, now);
}
