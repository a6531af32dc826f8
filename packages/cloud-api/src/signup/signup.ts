import { isWadeskError, type SignupAnswer, type SignupNumber, type SignupQuestion, WadeskError } from "@wadesk/core";
import type { SignupContext, SignupFinishContext, SignupTurn } from "@wadesk/core/ports";
import { platformCallback } from "../connect/own-app.ts";
import { overrideCallback } from "../connect/subscription.ts";
import { type Graph, openGraph } from "../graph/graph.ts";
import type { ManualInput } from "../input/manual-input.ts";
import type { CloudApiSettings, Transport } from "../options.ts";
import { asList, asText } from "../wire/wire.ts";
import { advance, signupGraph } from "./advance.ts";
import { checked } from "./checked.ts";
import { exchangeCode } from "./exchange.ts";
import type { Kept } from "./kept.ts";
import { registerNumber, verifyNumber } from "./ready-number.ts";

export { beginSignup } from "./begin.ts";

type Context = SignupContext<CloudApiSettings>;
type Turn = Promise<SignupTurn<ManualInput>>;

/** Takes the code that the dialog ended with. What it became is kept before anything else is asked. */
export async function finishSignup(
  transport: Transport,
  code: string,
  kept: unknown,
  context: SignupFinishContext<CloudApiSettings>,
): Turn {
  const begun = kept as Kept;
  const token = await checked(context, "code", () => exchangeCode(transport, code, begun, context));
  const { phoneNumberId, wabaId, businessId, catalogId } = context.told;
  const told = {
    ...(isId(phoneNumberId) && { phoneNumberId }),
    ...(isId(wabaId) && { wabaId }),
    ...(isId(businessId) && { businessId }),
    ...(isId(catalogId) && { catalogId }),
  };
  const next: Kept = { ...begun, token, told };
  await context.keep(next);
  return advance(transport, next, context);
}

function isId(text: string | undefined): text is string {
  return text !== undefined && /^\d{1,32}$/.test(text);
}

/** Goes on where a step has failed. */
export function goOnSignup(transport: Transport, kept: unknown, context: Context): Turn {
  return advance(transport, kept as Kept, context);
}

/** Takes a person's answer. A wrong PIN or code leaves the question as it stands. */
export async function resumeSignup(
  transport: Transport,
  answer: SignupAnswer,
  question: SignupQuestion,
  { kept, context }: { readonly kept: unknown; readonly context: Context },
): Turn {
  const known = kept as Kept;
  if (answer.type === "choose_numbers") return advance(transport, { ...known, chosen: answer.numbers }, context);
  if (question.type === "choose_numbers") throw new WadeskError("signup_out_of_turn");
  const graph = await signupGraph(transport, known, context);
  const { id } = question.number;
  if (answer.type === "verification_code") {
    await checked(context, "verification_code", () => verifyNumber(graph, id, answer));
    // the code is spent: it must not be asked for again
    await context.keep(known);
    return advance(transport, known, context);
  }
  await checked(context, "register", () => registerNumber(graph, id, answer.pin));
  const next: Kept = { ...known, pins: { ...known.pins, [id]: answer.pin }, ready: [...(known.ready ?? []), id] };
  await context.keep(next);
  return advance(transport, next, context);
}

/** What a number of the WhatsApp Business app is asked for once it is connected, in this order and once each. */
const SYNCS: readonly (readonly [check: string, kind: string])[] = [
  ["sync_contacts", "smb_app_state_sync"],
  ["sync_history", "history"],
];
const SYNCED_ALREADY = 2593107;

/**
 * Asks for contacts and history of a number that stays in the WhatsApp Business app; they come by webhooks, so its connection must stand first.
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/embedded-signup/onboarding-business-app-users
 */
export async function afterConnect(
  transport: Transport,
  { id, input, kept }: SignupNumber & { readonly input: ManualInput; readonly kept?: unknown },
  context: Context,
): Promise<void> {
  const graph = await openGraph(transport, { ...context, signal: new AbortController().signal }, input.accessToken);
  // connecting subscribes the app, and a subscription takes an override away
  const address = transport.overrideCallback ? platformCallback(context, transport) : undefined;
  if (address !== undefined) await checked(context, "callback", () => overrideCallback(graph, input.wabaId, address));
  const { is_on_biz_app: onBusinessApp } = await graph.get([id], { fields: "is_on_biz_app" });
  if (onBusinessApp !== true) return;
  const asked: unknown[] = [...asList(kept)];
  for (const [check, kind] of SYNCS) {
    if (asked.includes(kind)) continue;
    await checked(
      context,
      check,
      () => askForSync(graph, id, kind),
      (request) => request && `Meta's request ${request}`,
    );
    asked.push(kind);
    await context.keep(asked);
  }
}

/** Answers Meta's id of the request, which its support asks for. */
async function askForSync(graph: Graph, id: string, kind: string): Promise<string | undefined> {
  try {
    return asText((await graph.post([id, "smb_app_data"], { messaging_product: "whatsapp", sync_type: kind })).request_id);
  } catch (error) {
    // its answer was lost the last time
    if (isWadeskError(error) && error.vendor?.code === SYNCED_ALREADY) return undefined;
    throw error;
  }
}
