import { isWadeskError, WadeskError } from "@wadesk/core";
import { type ConnectContext, type Connected, step } from "@wadesk/core/ports";
import type { CloudApiDetails, CloudApiSecret } from "../details.ts";
import { openGraph } from "../graph/graph.ts";
import { speakerOfApp, speakerOfOwnApp } from "../inbound/address/speaker.ts";
import { routeOf } from "../inbound/source.ts";
import type { ManualInput } from "../input/manual-input.ts";
import type { CloudApiSettings, Transport } from "../options.ts";
import { firstFacts } from "./facts.ts";
import { phoneOf, readBusiness, readNumber, requireNumber } from "./number-details.ts";
import { callbackOf, ownAppOf, platformCallback, proveApp } from "./own-app.ts";
import { overrideCallback, subscribe } from "./subscription.ts";
import { checkToken, unknownToken } from "./token.ts";
import { warningsOf } from "./warnings.ts";

type Context = ConnectContext<CloudApiSettings>;

/**
 * Connects a number with what a person pasted: checks the token, the number and its details, then subscribes the account's webhooks.
 * Each check is a visible step, and nothing remains at Meta when one fails.
 */
export async function connectManually(
  transport: Transport,
  input: ManualInput,
  context: Context,
): Promise<Connected<CloudApiDetails, CloudApiSecret>> {
  const { phoneNumberId, wabaId, accessToken } = input;
  const app = ownAppOf(input);
  const callbackUrl = app && callbackOf(app, context, transport);
  if (input.override === true && callbackUrl === undefined) throw withoutAddress();
  const graph = await openGraph(transport, context, accessToken, app);
  if (app !== undefined) await step(context, "app", () => proveApp(graph, app));

  const terms = { wanted: graph.settings.appId, now: context.now() };
  const token = await step(context, "access_token", () => checkToken(graph, wabaId, terms).catch(rejectUnknownToken));
  await step(context, "phone_number", () => requireNumber(graph, wabaId, phoneNumberId));
  const number = await step(context, "number_details", async () => {
    const found = await readNumber(graph, phoneNumberId);
    if (found.status === "BANNED") throw new WadeskError("banned", { detail: "Meta shows this number as banned" });
    return found;
  });
  const businessId = input.businessId ?? (await step(context, "business", () => readBusiness(graph, wabaId)));
  const route = routeOf(phoneNumberId);
  const account = routeOf(wabaId);
  const speaker = app === undefined ? speakerOfApp(graph.settings.appId) : speakerOfOwnApp(app.id);
  const secret: CloudApiSecret = { accessToken, ...(input.pin !== undefined && { pin: input.pin }), ...(app && { app }) };
  await context.claim(route, account);
  // from here on Meta may call to verify the address
  if (app !== undefined) await context.announce(speaker, secret);
  const unsubscribe = await step(
    context,
    "webhooks",
    () =>
      subscribe(graph, wabaId, {
        appId: token.appId,
        ...(input.override !== false && { keep: app === undefined ? platformCallback(context, transport) : callbackUrl }),
      }),
    stopAfter(context),
  );
  if (input.override === true && callbackUrl !== undefined) {
    await step(context, "callback", () => overrideCallback(graph, wabaId, callbackUrl), stopAfter(context)).catch(
      async (error: unknown) => {
        await stopAfter(context)(unsubscribe, true);
        throw error;
      },
    );
  }

  const details: CloudApiDetails = {
    phoneNumberId,
    wabaId,
    ...(businessId !== undefined && { businessId }),
    ...(token.appId !== undefined && { appId: token.appId }),
    ...(app && { ownApp: true }),
    ...(callbackUrl !== undefined && { callbackUrl }),
    ...number,
    ...(token.expiresAt !== undefined && { tokenExpiresAt: token.expiresAt }),
  };
  const phone = phoneOf(number);
  return {
    route,
    account,
    speaker,
    ...(phone !== undefined && { phone }),
    details,
    facts: firstFacts(details),
    secret,
    ...(number.verifiedName !== undefined && { defaultLabel: number.verifiedName }),
    warnings: warningsOf(details, graph.settings),
  };
}

function withoutAddress(): WadeskError {
  const message =
    "needs an address that Meta can be told: set publicUrl of createWadesk, or leave it out and set the callback URL in your Meta app";
  return new WadeskError("input_invalid", { detail: `override: ${message}`, issues: [{ field: "override", code: "conflicts", message }] });
}

// a token that is refused before any connection had it was not copied whole rather than revoked
function rejectUnknownToken(error: unknown): never {
  const fresh = isWadeskError(error, "token_expired") && error.vendor?.code === 190 && error.vendor.subcode === undefined;
  throw fresh ? unknownToken(error) : error;
}

// what was done is undone when the step cannot be shown any more, or the person has cancelled meanwhile
function stopAfter(context: Context): (undo: () => Promise<void>, failed: boolean) => Promise<void> {
  return async (undo, failed) => {
    if (!failed && !context.signal.aborted) return;
    await undo().catch((error: unknown) => {
      context.log.warn({ code: isWadeskError(error) ? error.code : "unknown" }, "the webhook subscription could not be undone");
    });
    if (!failed) throw new WadeskError("linking_cancelled");
  };
}
