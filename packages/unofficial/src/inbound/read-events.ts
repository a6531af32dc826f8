import type { MessageStatus } from "@wadesk/core";
import { contactKey, contactOrder, type InboundEvent } from "@wadesk/core/ports";
import type { SocketEvents, WebMessage } from "../baileys/baileys.ts";
import { contactOf, isGroup, readJid } from "../numbers/jid.ts";
import { readContent, replyToOf } from "./read-content.ts";

type Key = WebMessage["key"];
type Update = SocketEvents["messages.update"][number];

// WebMessageInfo.Status in WAProto
const STATUSES: ReadonlyMap<number, MessageStatus> = new Map([
  [2, "sent"],
  [3, "delivered"],
  [4, "read"],
  [5, "played"],
]);

/** A message as an event; nothing where it says nothing to a person or names nobody. Pure. */
export function messageEvent(route: string, message: WebMessage): InboundEvent | undefined {
  const { key, pushName } = message;
  const content = readContent(message.message);
  const contact = contactOf(jidsOf(key), key.fromMe ? undefined : pushName);
  if (content === undefined || contact === undefined || !key.id) return undefined;
  const groupId = groupOf(key);
  const replyTo = replyToOf(message.message);
  const data = {
    messageId: key.id,
    contact,
    content,
    ...(replyTo !== undefined && { replyTo }),
    ...(groupId !== undefined && { groupId }),
    raw: JSON.parse(JSON.stringify(message)) as unknown,
  };
  return {
    ...placeOf(route, key, contact),
    key: keyOf(route, key, contact),
    at: secondsOf(message.messageTimestamp) * 1000,
    type: key.fromMe ? "message.echoed" : "message.received",
    data,
  };
}

/** How far a sent message came, as an event; nothing where the update tells something else. Pure. */
export function statusEvent(route: string, { key, update }: Update, at: number): InboundEvent | undefined {
  const status = STATUSES.get(update.status ?? -1);
  const contact = contactOf(jidsOf(key));
  if (status === undefined || contact === undefined || !key.id || !key.fromMe) return undefined;
  const data = { messageId: key.id, contact, status, raw: { id: key.id, status: update.status } };
  return { ...placeOf(route, key, contact), key: `${keyOf(route, key, contact)}|${status}`, at, type: "message.status", data };
}

function jidsOf(key: Key): readonly (string | null | undefined)[] {
  return isGroup(key.remoteJid) ? [key.participant, key.participantAlt] : [key.remoteJid, key.remoteJidAlt];
}

function groupOf({ remoteJid }: Key): string | undefined {
  return isGroup(remoteJid) ? (remoteJid ?? undefined) : undefined;
}

type Person = Parameters<typeof contactOrder>[1];

// the same whether a person is named by number or by LID, where both are known: ids are chosen by senders, so that who sent it counts too
function keyOf(route: string, key: Key, contact: Person): string {
  const who = contact.lid ?? contactKey(contact);
  return `${route}|${readJid(groupOf(key))?.user ?? who}|${key.fromMe ? "me" : who}|${key.id}`;
}

function placeOf(route: string, key: Key, contact: Person): Pick<InboundEvent, "route" | "orderKey" | "phoneOrderKey"> {
  const group = groupOf(key);
  return { route, ...(group === undefined ? contactOrder(route, contact) : { orderKey: `${route}|${group}` }) };
}

function secondsOf(time: WebMessage["messageTimestamp"]): number {
  return typeof time === "number" ? time : (time?.toNumber() ?? 0);
}
