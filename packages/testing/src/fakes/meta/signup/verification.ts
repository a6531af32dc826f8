import { numberOf, type Operation } from "../graph/call.ts";
import { graphError } from "../graph/graph-error.ts";
import { refuseMalformed } from "../graph/graph-request.ts";
import { anything, choice, shape, text } from "../graph/rules.ts";

const LIFE_MS = 10 * 60_000;
const common = { access_token: anything, appsecret_proof: anything };
const REQUEST = shape(
  { code_method: choice("SMS", "VOICE"), language: text({ pattern: /^[a-z]{2,3}([_-][A-Z]{2})?$/, like: "a locale" }) },
  common,
);
const VERIFY = shape({ code: text({ pattern: /^[0-9]{6}$/, like: "the six digits that were sent" }) }, common);

/** `POST /{Phone-Number-ID}/request_code`: sends a code to the number, which {@link verifyCode} wants to hear within ten minutes. */
export const requestCode: Operation = (call) => {
  const number = numberOf(call);
  refuseMalformed(call.request);
  REQUEST(call.request.body, "");
  number.verification = { code: call.state.ids.numeric(6), sentAt: call.state.clock.now() };
  return { body: { success: true } };
};

/** `POST /{Phone-Number-ID}/verify_code`. The code of a wrong one, 136025, is that of public clients; no page of Meta's names it. */
export const verifyCode: Operation = (call) => {
  const number = numberOf(call);
  refuseMalformed(call.request);
  VERIFY(call.request.body, "");
  const { verification } = number;
  const fresh = verification !== undefined && call.state.clock.now() - verification.sentAt < LIFE_MS;
  if (!fresh || verification.code !== call.request.body.code) throw graphError(136025, { message: "(#136025) Verify code error" });
  number.verification = undefined;
  number.fields.code_verification_status = "VERIFIED";
  return { body: { success: true } };
};
