import { type ConnectContext, type Connected, step } from "@wadesk/core/ports";
import { openTwilio } from "../api/client.ts";
import type { TwilioDetails, TwilioSecret } from "../details.ts";
import type { TwilioInput } from "../input/twilio-input.ts";
import type { Transport, TwilioSettings } from "../options.ts";
import { accountOf, routeOf } from "../wire/address.ts";
import { callbackUrls } from "../wire/status-callback.ts";
import { checkAccount } from "./account.ts";
import { detailsOf, firstFacts } from "./details.ts";
import { originOf } from "./origin.ts";
import { findSender, requireOnline } from "./sender.ts";
import { warningsOf } from "./warnings.ts";

/**
 * Connects a number: checks the account and its token, and of a production sender that it is the account's and online. Changes nothing at
 * Twilio, so that nothing remains there when a check fails.
 */
export async function connectNumber(
  transport: Transport,
  input: TwilioInput,
  context: ConnectContext<TwilioSettings>,
): Promise<Connected<TwilioDetails, TwilioSecret>> {
  const { workspaceId } = context;
  const settings = await context.settings();
  const found = await step(context, "account", async () => {
    const origin = originOf(input, settings, workspaceId);
    const client = await openTwilio(transport, context, origin.credentials);
    return { ...origin, client, account: await checkAccount(client, origin.credentials) };
  });
  const { number, credentials, secret, client, account } = found;
  const sender =
    input.mode === "sandbox"
      ? undefined
      : await step(context, "sender", async () => {
          const facts = await findSender(client, number);
          requireOnline(facts, number);
          return facts;
        });
  const { accountSid } = credentials;
  const route = routeOf(accountSid, number);
  await context.claim(route, accountOf(accountSid));
  const label = sender?.profileName ?? account.friendlyName;
  const details = detailsOf({ accountSid, number, mode: input.mode, inherited: "inherited" in secret }, account, sender);
  return {
    route,
    account: accountOf(accountSid),
    speaker: accountOf(accountSid),
    phone: number,
    details,
    facts: firstFacts(details),
    secret,
    ...(label !== undefined && { defaultLabel: label }),
    warnings: warningsOf({ account, sender, callbacks: callbackUrls(settings, context) }),
  };
}
