import type { Contact, MessageReceived } from "@wadesk/core";
import { contactKey, contactOrder, type InboundEvent } from "@wadesk/core/ports";
import { asList, asRecord, asText, asTime, type Wire } from "../wire/wire.ts";
import { isKnown, profileOf, readContact } from "./contact.ts";
import { readOccasion, readPlace, readSummary } from "./content/context.ts";
import { readContent } from "./content/read-content.ts";
import { readSystem } from "./fields/people.ts";
import { type Source, unknownEvent } from "./source.ts";

interface Facts {
  readonly messageId: string;
  readonly contact: Contact;
  readonly message: Wire;
  /** Sent by the business from its phone app or elsewhere. */
  readonly fromBusiness: boolean;
}

/** Reads the messages of one value. Every item becomes an event; an unreadable one, and one that names nobody, `event.unknown`. */
export function readMessages(value: Wire, source: Source, events: InboundEvent[]): void {
  const before = events.length;
  readItems(asList(value.messages), value, source, false, events);
  const summary = readSummary(value.conversation_context);
  if (summary === undefined) return;
  // it is about the conversation: told once is enough
  const index = events.findIndex((event, place) => place >= before && event.type === "message.received");
  const first = events[index];
  if (first?.type === "message.received") events[index] = { ...first, data: { ...first.data, summary } };
}

/** What the business sent from its phone app or elsewhere: `to` names the person. */
export function readEchoes(value: Wire, source: Source, events: InboundEvent[]): void {
  readItems(asList(value.message_echoes), value, source, true, events);
}

/** The `messages` of a field that has echoes only. */
export function readMessagesAsEchoes(value: Wire, source: Source, events: InboundEvent[]): void {
  readItems(asList(value.messages), value, source, true, events);
}

function readItems(items: readonly unknown[], value: Wire, source: Source, fromBusiness: boolean, events: InboundEvent[]): void {
  for (const item of items) {
    const message = asRecord(item);
    const event = message && source.ofNumber ? readItem(message, value, source, fromBusiness, items.length === 1) : undefined;
    events.push(event ?? unknownEvent(source, item, "number"));
  }
}

function readItem(message: Wire, value: Wire, source: Source, fromBusiness: boolean, only: boolean): InboundEvent | undefined {
  const messageId = asText(message.id);
  if (messageId === undefined) return undefined;
  const contact = personOf(message, value.contacts, fromBusiness, only);
  const facts = { messageId, contact, message, fromBusiness };
  if (message.type === "system") return readSystemMessage(source, facts);
  if (!isKnown(contact)) return undefined;
  if (message.type === "edit" || message.type === "revoke") {
    const change = readChange(source, facts, message.type);
    if (change !== undefined) return change;
  }
  const data = { messageId, contact, content: readContent(message), ...readPlace(message), raw: message };
  if (fromBusiness) return { ...envelope(source, facts), type: "message.echoed", data };
  const received: MessageReceived =
    message.referral === undefined && message.context === undefined ? data : { ...data, ...readOccasion(message) };
  return { ...envelope(source, facts), type: "message.received", data: received };
}

/** Who wrote a message, or whom an echo went to, by the item's own fields and the profiles beside it. */
export function personOf(message: Wire, contacts: unknown, fromBusiness: boolean, only: boolean): Contact {
  const [phone, userId, parentUserId] = fromBusiness
    ? [message.to, message.to_user_id, message.to_parent_user_id]
    : [message.from, message.from_user_id, message.from_parent_user_id];
  const identityKey = fromBusiness ? undefined : asRecord(message.identity)?.hash;
  return readContact(phone, userId, profileOf(contacts, phone, userId, only), { parentUserId, identityKey });
}

function envelope(
  source: Source,
  { messageId, contact, message }: Pick<Facts, "messageId" | "contact" | "message">,
): { key: string; route: string; orderKey: string; phoneOrderKey?: string; at: number } {
  const participant = contactKey(contact);
  const groupId = asText(message.group_id);
  const { route } = source;
  return {
    key: `${route}|${groupId ?? participant}|${participant}|${messageId}`,
    route,
    ...(groupId === undefined ? contactOrder(route, contact) : { orderKey: `${route}|${groupId}` }),
    at: asTime(message.timestamp, source.at),
  };
}

// a message that changes or takes back what was said before
function readChange(source: Source, facts: Facts, type: "edit" | "revoke"): InboundEvent | undefined {
  const { contact, message, fromBusiness } = facts;
  const change = asRecord(message[type]);
  const messageId = asText(change?.original_message_id);
  if (messageId === undefined) return undefined;
  const groupId = asText(message.group_id);
  const where = { fromBusiness, ...(groupId !== undefined && { groupId }), raw: message };
  if (type === "revoke") return { ...envelope(source, facts), type: "message.revoked", data: { messageId, contact, ...where } };
  const content = readContent(asRecord(change?.message) ?? {});
  return { ...envelope(source, facts), type: "message.edited", data: { messageId, contact, content, ...where } };
}

function readSystemMessage(source: Source, { messageId, contact, message }: Facts): InboundEvent | undefined {
  const change = readSystem(message, contact);
  if (change === undefined) return undefined;
  const address = envelope(source, { messageId, contact: change.previous, message });
  return { ...address, type: "contact.changed", data: { ...change, raw: message } };
}
