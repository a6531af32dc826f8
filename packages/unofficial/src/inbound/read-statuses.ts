import type { FailureData, MessageStatus } from "@wadesk/core";
import type { InboundEvent } from "@wadesk/core/ports";
import type { BinaryNode, SocketEvents, WebMessage } from "../baileys/baileys.ts";
import { groupOf, whoOf } from "../content/reading/who-of.ts";
import type { People } from "../known/people.ts";
import { isGroup } from "../numbers/jid.ts";
import { keyOf, placeOf } from "./read-events.ts";

type Key = WebMessage["key"];

/** WebMessageInfo.Status in WAProto. */
export const STATUSES: ReadonlyMap<number, MessageStatus> = new Map([
  [2, "sent"],
  [3, "delivered"],
  [4, "read"],
  [5, "played"],
]);

/** How far a message came, as WhatsApp or a phone says. */
export interface Arrival {
  /** The message; in a group with the participant who has it. */
  readonly key: Key;
  readonly status: MessageStatus;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** As it was said, where WhatsApp said it. */
  readonly raw: unknown;
  /** Our own id of the message, where it is at hand. */
  readonly reference?: string | undefined;
  readonly failure?: FailureData;
}

/** How far sent messages came: in a chat of two and, by participant, in groups. `now` is in milliseconds since the epoch. Pure. */
export function arrivalsIn(batch: Partial<SocketEvents>, now: number): readonly Arrival[] {
  const updates = (batch["messages.update"] ?? []).flatMap(({ key, update }): readonly Arrival[] => {
    const status = STATUSES.get(update.status ?? -1);
    return status === undefined ? [] : [{ key, status, at: now, raw: { id: key.id, status: update.status } }];
  });
  const receipts = (batch["message-receipt.update"] ?? []).flatMap(({ key, receipt }): readonly Arrival[] => {
    const status = receipt.readTimestamp ? "read" : receipt.receiptTimestamp ? "delivered" : undefined;
    const participant = receipt.userJid ?? key.participant;
    if (status === undefined || !participant || !isGroup(key.remoteJid)) return [];
    return [{ key: { ...key, participant }, status, at: now, raw: { id: key.id, participant, status } }];
  });
  return [...updates, ...receipts];
}

/**
 * Messages that came to a device whose owner does not look, as a quiet server's: such a receipt is a delivery, and Baileys 7.0.0-rc14 says nothing of it
 * (`getStatusFromReceiptType`). Nothing for any other stanza. Pure.
 */
export function quietArrivals({ tag, attrs, content }: BinaryNode, at: number): readonly Arrival[] {
  const { id, from, type, participant } = attrs;
  // one with a recipient is of another device of ours
  if (tag !== "receipt" || type !== "inactive" || attrs.recipient !== undefined || from === undefined) return [];
  const [list] = Array.isArray(content) ? content : [];
  const items = Array.isArray(list?.content) ? list.content : [];
  const ids = [id, ...items.map((item) => item.attrs.id)].filter((each) => each !== undefined);
  return ids.map((each) => {
    const key = { id: each, remoteJid: from, fromMe: true, ...(participant !== undefined && { participant }) };
    return { key, status: "delivered", at, raw: { id: each, type } };
  });
}

/** How far messages of ours came, as events; none for a key that names nobody, or a message of somebody else's. */
export async function statusEvents(route: string, arrivals: readonly Arrival[], people: People): Promise<readonly InboundEvent[]> {
  const events = await Promise.all(arrivals.map((arrival) => statusEvent(route, arrival, people)));
  return events.filter((event) => event !== undefined);
}

async function statusEvent(route: string, arrival: Arrival, people: People): Promise<InboundEvent | undefined> {
  const { key, status, at, raw, reference, failure } = arrival;
  const { id, fromMe } = key;
  const groupId = groupOf(key);
  const named = whoOf({ key });
  if (!id || !fromMe || (named === undefined && groupId === undefined)) return undefined;
  const contact = named && (await people.complete(named));
  const data = {
    messageId: id,
    ...(contact !== undefined && { contact }),
    ...(groupId !== undefined && { groupId }),
    ...(reference !== undefined && { reference }),
    ...(failure !== undefined && { failure }),
    status,
    raw,
  };
  // in a group each participant has its own
  const who = groupId !== undefined && contact !== undefined ? `|${contact.lid ?? contact.phone}` : "";
  const place = placeOf(route, key, contact ?? {});
  return { ...place, key: `${keyOf(route, key, contact ?? {})}${who}|${status}`, at, type: "message.status", data };
}
