import type { Contact } from "@wadesk/core";
import { contactKey, contactOrder, type InboundEvent } from "@wadesk/core/ports";
import type { WebMessage } from "../baileys/baileys.ts";
import type { ReadChat } from "../content/reading/read-chat.ts";
import { groupOf, secondsOf } from "../content/reading/who-of.ts";
import { readJid } from "../numbers/jid.ts";

type Key = WebMessage["key"];

/** A message that was read as an event; nothing where it names nobody. Pure. */
export function messageEvent(route: string, message: WebMessage, { contact, told }: ReadChat): InboundEvent | undefined {
  const { key } = message;
  const groupId = groupOf(key);
  if (!key.id) return undefined;
  const at = secondsOf(message.messageTimestamp) * 1000;
  const raw = JSON.parse(JSON.stringify(message)) as unknown;
  const inGroup = groupId === undefined ? {} : { groupId };
  if (told.type === "group") {
    if (groupId === undefined) return undefined;
    const data = { ...inGroup, ...(contact && { contact }), ...told.notice, raw };
    return {
      route,
      orderKey: `${route}|${groupId}`,
      key: `${route}|${readJid(groupId)?.user}|notice|${key.id}`,
      at,
      type: "group.changed",
      data,
    };
  }
  if (contact === undefined) return undefined;
  const place = { ...placeOf(route, key, contact), key: keyOf(route, key, contact), at };
  if (told.type === "content") {
    const { type: _type, ...said } = told;
    return {
      ...place,
      type: key.fromMe ? "message.echoed" : "message.received",
      data: { messageId: key.id, contact, ...said, ...inGroup, raw },
    };
  }
  const about = { messageId: told.messageId, contact, fromBusiness: key.fromMe === true, ...inGroup, raw };
  if (told.type === "revoked") return { ...place, type: "message.revoked", data: about };
  return { ...place, type: "message.edited", data: { ...about, content: told.content } };
}

/** What an event of one message is known by: the same by number or by LID where both are known. Ids are chosen by senders, so that who sent it counts too. */
export function keyOf(route: string, key: Key, contact: Contact): string {
  const who = contact.lid ?? contactKey(contact);
  return `${route}|${readJid(groupOf(key))?.user ?? who}|${key.fromMe ? "me" : who}|${key.id}`;
}

/** Whose an event is, and after which others it comes. */
export function placeOf(route: string, key: Key, contact: Contact): Pick<InboundEvent, "route" | "orderKey" | "phoneOrderKey"> {
  const group = groupOf(key);
  return { route, ...(group === undefined ? contactOrder(route, contact) : { orderKey: `${route}|${group}` }) };
}
