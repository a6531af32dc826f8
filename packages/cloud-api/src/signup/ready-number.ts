import { isWadeskError, type SignupAnswer, WadeskError } from "@wadesk/core";
import type { Graph } from "../graph/graph.ts";
import { asText } from "../wire/wire.ts";

/** In which language a code is sent. */
const LANGUAGE = "en_US";

/** Has Meta send a verification code to the number, as a text message. */
export async function requestCode(graph: Graph, id: string): Promise<void> {
  await graph.post([id, "request_code"], { code_method: "SMS", language: LANGUAGE });
}

/**
 * Verifies the number by the code that was sent to it. Rejects with `input_invalid` on `answer.code` for a wrong one. Where the answer was lost the number
 * itself tells.
 */
export async function verifyNumber(
  graph: Graph,
  id: string,
  { code }: Extract<SignupAnswer, { type: "verification_code" }>,
): Promise<void> {
  try {
    await graph.post([id, "verify_code"], { code });
  } catch (error) {
    const refused = isWadeskError(error) && error.code !== "rate_limited" && error.code !== "token_expired";
    if (!refused) throw error;
    const { code_verification_status: status } = await graph.get([id], { fields: "code_verification_status" });
    if (asText(status) === "VERIFIED") return;
    if (error.code === "provider_unavailable") throw error;
    throw wrong("answer.code", "wrong_code", "is not the code that was sent to the number, or has ended", error);
  }
}

/**
 * Registers the number with a PIN: the one that it has, or one that it gets by this. Rejects with `input_invalid` on `answer.pin` where the number has
 * another, and with `number_registration_failed`, whose text says how long to wait.
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/registration
 */
export async function registerNumber(graph: Graph, id: string, pin: string): Promise<void> {
  try {
    await graph.put("POST", [id, "register"], { messaging_product: "whatsapp", pin });
  } catch (error) {
    if (!isWadeskError(error) || error.vendor?.code !== 133005) throw error;
    throw wrong("answer.pin", "wrong_pin", "is not the number's two-step PIN; whoever forgot it changes it in WhatsApp Manager", error);
  }
}

function wrong(field: string, code: string, what: string, { vendor }: WadeskError): WadeskError {
  return new WadeskError("input_invalid", {
    detail: `${field}: ${what}`,
    issues: [{ field, code, message: what }],
    ...(vendor && { vendor }),
  });
}
