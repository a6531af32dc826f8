import { type Call, numberOf, type Operation } from "../graph/call.ts";
import { graphError } from "../graph/graph-error.ts";
import { refuseMalformed } from "../graph/graph-request.ts";
import { anything, choice, integer, shape, text } from "../graph/rules.ts";

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
  count(call, number.registrations.register);
  if (number.pin !== undefined && number.pin !== pin) throw graphError(133005, { details: "Two step verification PIN mismatch." });
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

function count(call: Call, calls: number[]): void {
  const now = call.state.clock.now();
  const recent = calls.filter((at) => at > now - LIMIT_WINDOW_MS);
  if (recent.length >= LIMIT) throw graphError(133016, { details: "Too many registrations of this number. Try again later." });
  calls.splice(0, calls.length, ...recent, now);
}
