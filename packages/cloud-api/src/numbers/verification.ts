import { isWadeskError } from "@wadesk/core";
import { asText } from "../wire/wire.ts";
import { inputInvalid, readFields } from "./input-invalid.ts";
import type { CodeRequest } from "./operations.ts";
import { graphOf, idOf, type NumberWork } from "./work.ts";

const METHODS: Readonly<Record<string, string>> = { sms: "SMS", voice: "VOICE" };

/** Has Meta send a code to the number. */
export async function requestCode(work: NumberWork, request: CodeRequest = {}): Promise<void> {
  const { by = "sms", language = "en_US" } = readFields(request, ["by", "language"], "request");
  const method = Object.hasOwn(METHODS, by) ? METHODS[by] : undefined;
  if (method === undefined) throw inputInvalid("by", "not_one_of", 'must be "sms" or "voice"');
  if (typeof language !== "string" || !/^[a-z]{2,3}([_-][A-Z]{2})?$/.test(language))
    throw inputInvalid("language", "wrong_form", 'must look like "pt_BR"');
  await (await graphOf(work)).post([idOf(work), "request_code"], { code_method: method, language });
}

/** Verifies the number. Where the answer was lost the number itself tells. */
export async function verifyCode(work: NumberWork, code: string): Promise<void> {
  if (typeof code !== "string" || !/^\d{6}$/.test(code.replaceAll(/[\s-]/g, "")))
    throw inputInvalid("code", "wrong_form", "must be the six digits that were sent to the number");
  const graph = await graphOf(work);
  try {
    await graph.post([idOf(work), "verify_code"], { code: code.replaceAll(/[\s-]/g, "") });
  } catch (error) {
    const open = isWadeskError(error, "provider_unavailable");
    if (!open && !isWadeskError(error, "provider_refused")) throw error;
    const { code_verification_status: status } = await graph.get([idOf(work)], { fields: "code_verification_status" });
    if (asText(status) === "VERIFIED") return;
    if (open) throw error;
    throw inputInvalid("code", "wrong_code", "is not the code that was sent to the number, or has ended; request another one", {
      cause: error,
    });
  }
}
