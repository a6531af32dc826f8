import { isWadeskError, type Logger } from "@wadesk/core";
import type { InboundEvent } from "@wadesk/core/ports";
import type { WebMessage } from "../baileys/baileys.ts";
import { type ReadChat, type ReadingParts, readChat } from "../content/reading/read-chat.ts";
import { kindOf, unwrap } from "../content/unwrap.ts";
import { whoOf } from "../content/reading/who-of.ts";
import { asKnown, type KnownMessage } from "../known/known-messages.ts";
import { isStatus } from "../numbers/jid.ts";
import { messageEvent } from "./read-events.ts";

/** What a message is read with, and who hears where it cannot be. */
export interface MessageParts extends ReadingParts {
  readonly route: string;
  readonly connectionId: string;
  readonly log: Logger;
}

/**
 * What a message tells, as events. One that cannot be read is told as unknown: it would stand in the way of all that came after it, each time the session is
 * opened. Rejects where the storage does not answer.
 */
export async function messageEvents(message: WebMessage, parts: MessageParts): Promise<readonly InboundEvent[]> {
  const { route, connectionId, log } = parts;
  const read = await readChat(message, parts).catch((error: unknown) => {
    if (!isItsOwnFault(error)) throw error;
    log.error({ connectionId, reason: isWadeskError(error) ? error.code : "unexpected" }, "a message on a linked phone could not be read");
    return unread(message);
  });
  const event = read && messageEvent(route, message, read);
  return event === undefined ? [] : [event];
}

/** What is kept of a message that came: what it says to a person, so that others may speak of it, or that it came alone. Of what is in no chat nobody speaks. */
export function knownOf(message: WebMessage): KnownMessage | undefined {
  const known = asKnown(message);
  if (known?.body === undefined) return known;
  if (!isStatus(known.chat) && kindOf(unwrap(known.body).body) !== undefined) return known;
  const { body: _body, ...rest } = known;
  return rest;
}

// a record that does not open, or what nobody thought of
function isItsOwnFault(error: unknown): boolean {
  if (isWadeskError(error)) return error.code === "sealed_value_invalid";
  return error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError;
}

function unread(message: WebMessage): ReadChat {
  const vendorType = (message.message && kindOf(message.message)) ?? "message";
  return { contact: whoOf(message), told: { type: "content", content: { kind: "unknown", vendorType } } };
}
