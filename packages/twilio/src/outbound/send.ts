import { type Connection, WadeskError } from "@wadesk/core";
import type { ConnectionContext, OutboundMessage, SendReceipt } from "@wadesk/core/ports";
import { answered, openTwilio } from "../api/client.ts";
import { credentialsOf } from "../api/credentials.ts";
import type { TwilioDetails, TwilioSecret } from "../details.ts";
import type { Transport, TwilioSettings } from "../options.ts";
import { callbackUrls } from "../wire/status-callback.ts";
import { messagePayload } from "./payload.ts";

/**
 * Sends one message, once: it is never repeated, since Twilio has no key by which a second would be noticed.
 * Rejects with `outcome_unknown` when it may have gone out though no usable answer came.
 */
export async function sendMessage(
  transport: Transport,
  connection: Connection<TwilioDetails>,
  message: OutboundMessage,
  context: ConnectionContext<TwilioSettings, TwilioSecret>,
): Promise<SendReceipt> {
  const settings = await context.settings();
  const { number, ...credentials } = credentialsOf(connection, context.secret, settings);
  const payload = messagePayload(message, { number, statusCallback: callbackUrls(settings, context)[0] });
  const client = await openTwilio(transport, context, credentials);
  const { sid, dateCreated } = await answered(client.messages.create(payload), "outcome_unknown");
  if (typeof sid !== "string" || sid === "") throw new WadeskError("outcome_unknown", { detail: "Twilio's answer names no message" });
  return { providerId: sid, acceptedAt: timeOf(dateCreated) ?? context.now() };
}

// Twilio's client leaves a date that it cannot read as it came
function timeOf(date: unknown): number | undefined {
  const time = date instanceof Date ? date.getTime() : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}
