import type { Contact, ConversationObserved } from "@wadesk/core";
import { contactKey, contactOrder, type InboundEvent } from "@wadesk/core/ports";
import { asList, asRecord, asText, asTime, type Wire } from "../../wire/wire.ts";
import { isKnown, readContact } from "../contact.ts";
import { readPlace } from "../content/context.ts";
import { readContent } from "../content/read-content.ts";
import { personOf } from "../messages.ts";
import { type Source, unknownEvent } from "../source.ts";
import { readRecipient, STATUSES } from "../statuses.ts";

type Observed = Omit<ConversationObserved, "contact" | "raw"> & { readonly contact: Contact };

/**
 * Reads what people write in conversations that another sender of the number handles. They are not received: whoever answers takes over.
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/standby/
 */
export function readObservedMessages(standby: Wire, source: Source, events: InboundEvent[]): void {
  const items = asList(standby.messages);
  readEach(items, source, events, (message) => {
    const messageId = asText(message.id);
    const contact = personOf(message, standby.contacts, false, items.length === 1);
    if (messageId === undefined || !isKnown(contact) || message.type === "system") return undefined;
    const { groupId } = readPlace(message);
    return { messageId, contact, fromBusiness: false, content: readContent(message), ...(groupId !== undefined && { groupId }) };
  });
}

/** Reads what the other sender wrote. An item holds the body of its request, which names the person as a request does. */
export function readObservedEchoes(standby: Wire, source: Source, events: InboundEvent[]): void {
  readEach(asList(standby.message_echoes), source, events, (echo) => {
    const messageId = asText(echo.id);
    const body = asRecord(echo.message);
    if (messageId === undefined || body === undefined) return undefined;
    const groupId = body.recipient_type === "group" ? asText(body.to) : undefined;
    const contact = readContact(groupId === undefined ? body.to : undefined, body.recipient);
    if (!isKnown(contact) && groupId === undefined) return undefined;
    return { messageId, contact, fromBusiness: true, content: readContent(body), ...(groupId !== undefined && { groupId }) };
  });
}

/** Reads what became of what the other sender wrote. */
export function readObservedStatuses(standby: Wire, source: Source, events: InboundEvent[]): void {
  const items = asList(standby.statuses);
  readEach(items, source, events, (item) => {
    const messageId = asText(item.id);
    const status = STATUSES.get(item.status);
    if (messageId === undefined || status === undefined) return undefined;
    return { messageId, ...readRecipient(item, standby.contacts, items.length === 1), fromBusiness: true, status };
  });
}

function readEach(items: readonly unknown[], source: Source, events: InboundEvent[], read: (item: Wire) => Observed | undefined): void {
  for (const item of items) {
    const record = asRecord(item);
    const observed = record && source.ofNumber ? read(record) : undefined;
    events.push(observed && record ? observedEvent(observed, record, source) : unknownEvent(source, item, "number"));
  }
}

// the same message may come again as one of ours, so its key is another than a message's
function observedEvent({ contact, ...facts }: Observed, raw: Wire, source: Source): InboundEvent {
  const participant = contactKey(contact);
  const chat = facts.groupId ?? participant;
  const step = facts.status === undefined ? "standby" : `standby.${facts.status}`;
  return {
    key: `${source.route}|${chat}|${participant}|${facts.messageId}|${step}`,
    route: source.route,
    ...(facts.groupId === undefined ? contactOrder(source.route, contact) : { orderKey: `${source.route}|${facts.groupId}` }),
    type: "conversation.observed",
    at: asTime(raw.timestamp, source.at),
    data: { ...facts, ...(isKnown(contact) && { contact }), raw },
  };
}
