import { type Contact, contactKey, type InboundEvent, type MessageReceived } from "@wadesk/core";
import { profileOf, readContact } from "./contact.ts";
import { readContent } from "./content/read-content.ts";
import { type Source, unknownEvent } from "./source.ts";
import { asList, asRecord, asText, asTime, present, type Wire } from "./wire.ts";

type Facts = { readonly messageId: string; readonly contact: Contact; readonly message: Wire };

/** Reads the messages of one value. Every item becomes an event, an unreadable one `event.unknown`. */
export function readMessages(value: Wire, source: Source, events: InboundEvent[]): void {
  const items = asList(value.messages);
  for (const item of items) {
    const message = asRecord(item);
    const id = message && asText(message.id);
    if (message === undefined || id === undefined || !source.ofNumber) {
      events.push(unknownEvent(source, item, "number"));
      continue;
    }
    const from = message.from;
    const userId = message.from_user_id;
    const contact = readContact(from, userId, profileOf(value.contacts, from, userId, items.length === 1));
    events.push(readMessage(source, contact, id, message));
  }
}

/** What the business sent from its phone app or elsewhere: `to` names the person. */
export function readEchoes(value: Wire, source: Source, events: InboundEvent[]): void {
  const echoes = asList(value.message_echoes);
  const items = echoes.length > 0 ? echoes : asList(value.messages);
  for (const item of items) {
    const message = asRecord(item);
    const id = message && asText(message.id);
    if (message === undefined || id === undefined || !source.ofNumber) {
      events.push(unknownEvent(source, item, "number"));
      continue;
    }
    const { to, to_user_id: userId } = message;
    const contact = readContact(to, userId, profileOf(value.contacts, to, userId, items.length === 1));
    const facts = { messageId: id, contact, message };
    const data = dataOf(id, contact, message);
    events.push(readChange(source, facts) ?? { ...envelope(source, facts), type: "message.echoed", data });
  }
}

function readMessage(source: Source, contact: Contact, messageId: string, message: Wire): InboundEvent {
  const facts = { messageId, contact, message };
  return readChange(source, facts) ?? { ...envelope(source, facts), type: "message.received", data: received(facts) };
}

function envelope(source: Source, { messageId, contact, message }: Facts): { key: string; route: string; orderKey: string; at: number } {
  const participant = contactKey(contact);
  const chat = asText(message.group_id) ?? participant;
  const { route } = source;
  return {
    key: `${route}|${chat}|${participant}|${messageId}`,
    route,
    orderKey: `${route}|${chat}`,
    at: asTime(message.timestamp, source.at),
  };
}

function dataOf(messageId: string, contact: Contact, message: Wire): Pick<MessageReceived, "messageId" | "contact" | "content" | "raw"> {
  return { messageId, contact, content: readContent(message), raw: message };
}

function received({ messageId, contact, message }: Facts): MessageReceived {
  const data: { -readonly [Key in keyof MessageReceived]: MessageReceived[Key] } = dataOf(messageId, contact, message);
  const groupId = asText(message.group_id);
  if (groupId !== undefined) data.groupId = groupId;
  const context = asRecord(message.context);
  if (context !== undefined) {
    const replyTo = asText(context.id);
    if (replyTo !== undefined) data.replyTo = replyTo;
    if (context.forwarded === true || context.frequently_forwarded === true) data.forwarded = true;
  }
  const referral = asRecord(message.referral);
  if (referral !== undefined) data.referral = readReferral(referral);
  return data;
}

function readReferral(referral: Wire): NonNullable<MessageReceived["referral"]> {
  return present({
    sourceUrl: asText(referral.source_url),
    sourceId: asText(referral.source_id),
    sourceType: asText(referral.source_type),
    headline: asText(referral.headline),
    body: asText(referral.body),
    clickId: asText(referral.ctwa_clid),
  });
}

// messages that change something said before, or the person who says it
function readChange(source: Source, facts: Facts): InboundEvent | undefined {
  const { type } = facts.message;
  if (type === "system") return readSystem(source, facts);
  if (type !== "edit" && type !== "revoke") return undefined;
  const change = asRecord(facts.message[type]);
  const original = asText(change?.original_message_id);
  if (original === undefined) return undefined;
  const { contact, message } = facts;
  if (type === "revoke") {
    return { ...envelope(source, facts), type: "message.revoked", data: { messageId: original, contact, raw: message } };
  }
  const content = readContent(asRecord(change?.message) ?? {});
  return { ...envelope(source, facts), type: "message.edited", data: { messageId: original, contact, content, raw: message } };
}

// a new number comes with a new business-scoped id, and either may be all that Meta tells
function readSystem(source: Source, facts: Facts): InboundEvent | undefined {
  const { contact, message } = facts;
  const system = asRecord(message.system);
  if (system === undefined) return undefined;
  const userId = asText(system.user_id);
  const previousId = asText(system.previous_user_id) ?? (contact.userId === userId ? undefined : contact.userId);
  const next = readContact(system.wa_id ?? system.new_wa_id, userId);
  const previous = readContact(message.from, previousId);
  if (contactKey(next) === "unknown" || contactKey(previous) === "unknown") return undefined;
  return {
    ...envelope(source, { ...facts, contact: previous }),
    type: "contact.changed",
    data: { contact: next, previous, ...present({ text: asText(system.body) }), raw: message },
  };
}
