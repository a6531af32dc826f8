import type { Connection } from "@wadesk/core";
import { type CheckReport, type ConnectionContext, refusalReport, type Signal } from "@wadesk/core/ports";
import { openTwilio } from "../api/client.ts";
import { credentialsOf } from "../api/credentials.ts";
import type { TwilioDetails, TwilioSecret } from "../details.ts";
import type { Transport, TwilioSettings } from "../options.ts";
import { callbackUrls } from "../wire/status-callback.ts";
import { checkAccount } from "./account.ts";
import { detailsOf, factsOf } from "./details.ts";
import { findSender, isOnline } from "./sender.ts";
import { warningsOf } from "./warnings.ts";

/** Asks Twilio about the account and the sender. A refusal is a signal; an unreachable Twilio rejects. */
export async function checkNumber(
  transport: Transport,
  connection: Connection<TwilioDetails>,
  context: ConnectionContext<TwilioSettings, TwilioSecret>,
): Promise<CheckReport<TwilioDetails>> {
  const stamp = { at: context.now(), epoch: connection.epoch };
  const settings = await context.settings();
  try {
    const { number, ...credentials } = credentialsOf(connection, context.secret, settings);
    const client = await openTwilio(transport, context, credentials);
    const account = await checkAccount(client, credentials);
    const { mode } = connection.details;
    const sender = mode === "sandbox" ? undefined : await findSender(client, number);
    const inherited = "inherited" in context.secret;
    // an offline sender comes back when its reason is resolved, so nothing about the credentials has failed
    const signal: Signal =
      sender === undefined || isOnline(sender) ? { ...stamp, type: "alive" } : { ...stamp, type: "closed", reason: "connection_lost" };
    const details = detailsOf({ accountSid: credentials.accountSid, number, mode, inherited }, account, sender);
    return {
      signals: [signal],
      details,
      facts: factsOf(details),
      warnings: warningsOf({ account, sender, callbacks: callbackUrls(settings, context) }),
    };
  } catch (error) {
    return refusalReport(error, stamp);
  }
}
