import { isWadeskError, WadeskError } from "@wadesk/core";
import type { SignupContext, SignupTurn } from "@wadesk/core/ports";
import { platformCallback } from "../connect/own-app.ts";
import { subscribe } from "../connect/subscription.ts";
import { grantsOf } from "../connect/token.ts";
import { type Graph, openGraph } from "../graph/graph.ts";
import type { ManualInput } from "../input/manual-input.ts";
import type { CloudApiSettings, Transport } from "../options.ts";
import { asList, asRecord, asText } from "../wire/wire.ts";
import { isFinal, linkCatalog } from "./catalog.ts";
import { checked } from "./checked.ts";
import type { Kept } from "./kept.ts";
import { type AccountNumber, numbersOf, plainNumber, shownNumber } from "./numbers.ts";
import { registerNumber, requestCode } from "./ready-number.ts";

type Context = SignupContext<CloudApiSettings>;

/** A caller of Meta for a signup. */
export async function signupGraph(transport: Transport, kept: Kept, context: Context): Promise<Graph> {
  if (kept.token === undefined) throw new WadeskError("signup_out_of_turn");
  return openGraph(transport, { ...context, signal: new AbortController().signal }, kept.token);
}

/**
 * Goes on with a signup whose code became a token, from wherever it stands: account, webhooks, which numbers, and for each its verification and registration.
 * What is done is kept before the next thing is begun, so that whoever goes on does not do it again.
 */
export async function advance(transport: Transport, begun: Kept, context: Context): Promise<SignupTurn<ManualInput>> {
  let kept = begun;
  const keep = async (more: Kept): Promise<void> => {
    kept = { ...kept, ...more };
    await context.keep(kept);
  };
  const graph = await signupGraph(transport, kept, context);
  const wabaId = kept.wabaId ?? (await checked(context, "access_token", () => accountOf(graph, kept, context)));
  if (kept.wabaId === undefined) await keep({ wabaId });
  if (kept.subscribed === undefined) {
    await checked(context, "webhooks", () =>
      subscribe(graph, wabaId, { appId: graph.settings.appId, keep: platformCallback(context, transport) }),
    );
    await keep({ subscribed: true });
  }
  const catalogId = kept.told?.catalogId;
  if (catalogId !== undefined && kept.catalog === undefined) {
    try {
      await checked(context, "catalog", () => linkCatalog(graph, wabaId, catalogId));
      await keep({ catalog: "linked" });
    } catch (error) {
      // a number sends without one; the check says why there is none
      if (!isFinal(error)) throw error;
      await keep({ catalog: "refused" });
    }
  }
  const numbers = await checked(context, "numbers", () => someNumbers(graph, wabaId));
  if (kept.chosen === undefined) {
    const chosen = onlyChoice(numbers, kept);
    if (chosen === undefined) {
      const shown = await Promise.all(numbers.map((number) => shownNumber(number, context)));
      return { question: { type: "choose_numbers", numbers: shown }, kept };
    }
    await keep({ chosen: [chosen.id] });
  }
  const chosen = numbers.filter(({ id }) => kept.chosen?.includes(id));
  if (chosen.length < (kept.chosen?.length ?? 0)) throw goneFrom(wabaId);
  for (const number of chosen) {
    if (kept.ready?.includes(number.id)) continue;
    const asked = await questionFor(number, { graph, context, keep, kept: () => kept });
    if (asked !== undefined) return { question: asked, kept };
    await keep({ ready: [...(kept.ready ?? []), number.id] });
  }
  return { connect: chosen.map((number) => ({ ...plainNumber(number), input: inputOf(number, wabaId, kept) })) };
}

function inputOf({ id }: AccountNumber, wabaId: string, { token = "", pins }: Kept): ManualInput {
  const pin = pins?.[id];
  return { phoneNumberId: id, wabaId, accessToken: token, ...(pin !== undefined && { pin }) };
}

// the newest account stands first; what the browser said counts where Meta granted it
async function accountOf(graph: Graph, { told }: Kept, context: Context): Promise<string> {
  const { accounts: granted, businesses } = await grantsOf(graph, { wanted: graph.settings.appId, now: context.now() });
  const accounts =
    granted.length > 0 ? granted : await accountsOf(graph, [...(told?.businessId === undefined ? [] : [told.businessId]), ...businesses]);
  const named = told?.wabaId !== undefined && (accounts.length === 0 || accounts.includes(told.wabaId)) ? told.wabaId : undefined;
  const account = named ?? accounts[0];
  if (account !== undefined) return account;
  throw new WadeskError("scope_missing", { detail: "the dialog granted no WhatsApp account: open it once more and choose one" });
}

// where the token names none: the businesses' own, and those that were shared with them
async function accountsOf(graph: Graph, businesses: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const id of new Set(businesses)) {
    for (const edge of ["owned_whatsapp_business_accounts", "client_whatsapp_business_accounts"]) {
      const { data } = await graph.get([id, edge], { fields: "id" });
      found.push(...asList(data).flatMap((account) => asText(asRecord(account)?.id) ?? []));
    }
  }
  return [...new Set(found)];
}

async function someNumbers(graph: Graph, wabaId: string): Promise<readonly AccountNumber[]> {
  const numbers = await numbersOf(graph, wabaId);
  if (numbers.length > 0) return numbers;
  const detail = `WhatsApp account ${wabaId} has no number yet: add one in WhatsApp Manager, then go on`;
  throw new WadeskError("number_mismatch", { detail });
}

// moved or taken away meanwhile: connected without it, a signup would say that it is done
function goneFrom(wabaId: string): WadeskError {
  const detail = `a number that was chosen is not of WhatsApp account ${wabaId} any more: choose again, or open the dialog once more`;
  return new WadeskError("number_mismatch", { detail });
}

function onlyChoice(numbers: readonly AccountNumber[], { told }: Kept): AccountNumber | undefined {
  const [only] = numbers;
  return numbers.find(({ id }) => id === told?.phoneNumberId) ?? (numbers.length === 1 ? only : undefined);
}

interface NumberTools {
  readonly graph: Graph;
  readonly context: Context;
  readonly keep: (more: Kept) => Promise<void>;
  readonly kept: () => Kept;
}

type Question = Extract<SignupTurn<ManualInput>, { question: unknown }>["question"];

// what a person must be asked before the number is ready; nothing once it is
async function questionFor(number: AccountNumber, { graph, context, keep, kept }: NumberTools): Promise<Question | undefined> {
  // registered here, it would be taken from the app
  if (number.onBusinessApp) return undefined;
  const { id } = number;
  if (!number.verified) {
    if (kept().codeSentTo !== id) {
      await checked(context, "verification_code", () => requestCode(graph, id));
      await keep({ codeSentTo: id });
    }
    return { type: "verification_code", number: plainNumber(number), sentBy: "sms" };
  }
  if (number.registered) return undefined;
  const known = kept().pins?.[id];
  if (number.hasPin && known === undefined) return { type: "pin", number: plainNumber(number) };
  const pin = known ?? randomPin();
  if (known === undefined) await keep({ pins: { ...kept().pins, [id]: pin } });
  try {
    await checked(context, "register", () => registerNumber(graph, id, pin));
    return undefined;
  } catch (error) {
    // it has one that Meta did not tell of, or another one since
    if (!isWadeskError(error, "input_invalid")) throw error;
    const { [id]: _wrong, ...rest } = kept().pins ?? {};
    await keep({ pins: rest });
    return { type: "pin", number: plainNumber(number) };
  }
}

function randomPin(): string {
  const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
  return String(random % 1_000_000).padStart(6, "0");
}
