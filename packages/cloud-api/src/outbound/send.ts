import { type Connection, type ReadMark, WadeskError } from "@wadesk/core";
import type { ConnectionContext, OutboundMessage, SendReceipt } from "@wadesk/core/ports";
import type { CloudApiDetails, CloudApiSecret } from "../details.ts";
import { openGraph } from "../graph/graph.ts";
import type { CloudApiSettings, Transport } from "../options.ts";
import { asList, asRecord, asText } from "../wire/wire.ts";
import { messagePayload, readMarkPayload } from "./payload.ts";

type Context = ConnectionContext<CloudApiSettings, CloudApiSecret>;

/**
 * Sends one message, once: it is never repeated, since Meta has no key by which a second would be noticed.
 * Rejects with `outcome_unknown` when it may have gone out though no usable answer came.
 */
export async function sendMessage(
  transport: Transport,
  connection: Connection<CloudApiDetails>,
  message: OutboundMessage,
  context: Context,
): Promise<SendReceipt> {
  const payload = messagePayload(message);
  const graph = await openGraph(transport, context, context.secret.accessToken);
  const answer = await graph.post([connection.details.phoneNumberId, "messages"], payload, "outcome_unknown");
  const providerId = asText(asRecord(asList(answer.messages)[0])?.id);
  if (providerId === undefined) throw new WadeskError("outcome_unknown", { detail: "Meta's answer names no message" });
  return { providerId, acceptedAt: context.now() };
}

/** Tells the person that their message was read; marking it twice is the same as once, so a lost answer is worth another try. */
export async function markRead(
  transport: Transport,
  connection: Connection<CloudApiDetails>,
  mark: ReadMark,
  context: Context,
): Promise<void> {
  const graph = await openGraph(transport, context, context.secret.accessToken);
  await graph.post([connection.details.phoneNumberId, "messages"], readMarkPayload(mark));
}
