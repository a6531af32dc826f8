import { type Call, numberOf, type Operation } from "../graph/call.ts";
import { graphError, parameterRequired } from "../graph/graph-error.ts";
import { refuseMalformed } from "../graph/graph-request.ts";
import { anything, choice, flag, isFields, shape, text } from "../graph/rules.ts";
import type { NumberState } from "../state.ts";
import { requireSafeAddress } from "../nodes/subscribed-apps.ts";

const PIN = text({ min: 6, max: 6, pattern: /^[0-9]{6}$/, like: "a 6-digit PIN" });
const SETTINGS = shape(
  {},
  {
    pin: PIN,
    new_display_name: text({ min: 2, max: 75 }),
    search_visibility: choice("VISIBLE", "NON_VISIBLE"),
    webhook_configuration: shape({ override_callback_uri: text() }, { verify_token: text() }),
    whatsapp_business_api_data: shape({}, { pin: PIN, show_security_notifications: flag, notify_user_change_number: flag }),
    access_token: anything,
    appsecret_proof: anything,
  },
);

/** `POST /{Phone-Number-ID}`: sets or changes the PIN, asks for another display name, and leads the number's messages elsewhere. */
export const changeNumber: Operation = async (call) => {
  const number = numberOf(call);
  refuseMalformed(call.request);
  SETTINGS(call.request.body, "");
  const { pin, new_display_name: name, webhook_configuration: webhook } = call.request.body;
  if (webhook !== undefined && isFields(webhook)) await lead(call, number, webhook);
  if (typeof pin === "string") number.pin = pin;
  if (typeof name === "string") number.fields.new_name_status = "PENDING_REVIEW";
  return { body: { success: true } };
};

async function lead(
  call: Call,
  number: NumberState,
  { override_callback_uri: uri, verify_token: token }: Record<string, unknown>,
): Promise<void> {
  if (uri === "") {
    number.overrideUrl = undefined;
    return;
  }
  const address = String(uri);
  requireSafeAddress(address);
  if (typeof token !== "string" || token === "") throw parameterRequired("webhook_configuration['verify_token']");
  if (!call.state.wabas.get(number.wabaId)?.subscriptions.has(call.caller.app.id)) {
    throw graphError(100, {
      message:
        "(#100) Before override the current callback uri, your app must be subscribed to receive messages for WhatsApp Business Account",
    });
  }
  try {
    await call.challenge(address, token);
  } catch (error) {
    throw graphError(100, { message: `(#100) ${error instanceof Error ? error.message : String(error)}` });
  }
  number.overrideUrl = address;
}
