import { type SignupStop, type SignupTold, stop } from "./outcomes.ts";

/** What Meta's dialog said of its end: done, with ids, or how it was left. */
export type DialogWord = { readonly done: true; readonly told: SignupTold } | { readonly done: false; readonly stop: SignupStop };

const LONGEST = 500;

/**
 * Reads what was posted to the page: a text with JSON in it, of the type `WA_EMBEDDED_SIGNUP`. Nothing of whatever else is posted. `CANCEL` has two shapes, the
 * screen that was left or an error that the person reported; any `FINISH…` is an end.
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/embedded-signup/implementation
 */
export function readWord(posted: unknown): DialogWord | undefined {
  const word = parsed(posted);
  if (word?.type !== "WA_EMBEDDED_SIGNUP") return undefined;
  const event = String(word.event);
  const data = (typeof word.data === "object" && word.data) || {};
  const { phone_number_id, waba_id, waba_ids, business_id, catalog_ids } = data as Wire;
  if (event.startsWith("FINISH")) {
    const told = {
      phoneNumberId: idOf(phone_number_id),
      wabaId: idOf(waba_id) ?? firstOf(waba_ids),
      businessId: idOf(business_id),
      catalogId: firstOf(catalog_ids),
    };
    return { done: true, told: Object.fromEntries(Object.entries(told).filter(([, id]) => id !== undefined)) };
  }
  return event === "CANCEL" || event === "ERROR" ? { done: false, stop: leftBy(data as Wire) } : undefined;
}

type Wire = Readonly<Record<string, unknown>>;

function leftBy({ error_message, error_code, error_id, session_id, current_step }: Wire): SignupStop {
  const [step, message] = [textOf(current_step), textOf(error_message)];
  if (message === undefined) return { ...stop("cancelled"), ...(step !== undefined && { step }) };
  const [code, sessionId] = [textOf(error_code) ?? textOf(error_id), textOf(session_id)];
  const problem = { message, ...(code !== undefined && { code }), ...(sessionId !== undefined && { sessionId }) };
  return { outcome: "reported", problem, text: `Meta's dialog stopped with: ${message} Do what it says, and try again.` };
}

function parsed(posted: unknown): Wire | undefined {
  try {
    // Meta's script talks on the same channel, and not in JSON
    return typeof posted === "string" ? (JSON.parse(posted) as Wire | undefined) : undefined;
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" ? String(value).slice(0, LONGEST) : undefined;
}

function idOf(value: unknown): string | undefined {
  const text = textOf(value);
  return text !== undefined && /^\d{1,32}$/.test(text) ? text : undefined;
}

function firstOf(list: unknown): string | undefined {
  return Array.isArray(list) ? idOf(list[0]) : undefined;
}
