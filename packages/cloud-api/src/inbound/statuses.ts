import type { Contact, MessageStatus, MessageStatusChanged } from "@wadesk/core";
import { contactKey, contactOrder, type InboundEvent } from "@wadesk/core/ports";
import { readMetaError, toWadeskError } from "../errors/meta-error.ts";
import { asFlag, asList, asRecord, asText, asTime, present, type Wire } from "../wire/wire.ts";
import { profileOf, readContact } from "./contact.ts";
import { readCallStatus } from "./fields/calls.ts";
import { healthOfFailure } from "./fields/health.ts";
import { ofNumber, type Source, unknownEvent } from "./source.ts";

/** What Meta calls the steps of a message, and what they are called here. */
export const STATUSES: ReadonlyMap<unknown, MessageStatus> = new Map<string, MessageStatus>([
  ["sent", "sent"],
  ["delivered", "delivered"],
  ["read", "read"],
  ["played", "played"],
  ["failed", "failed"],
]);

/** Reads what became of sent messages. `statuses` also carries those of calls and payments, told apart by their type. */
export function readStatuses(value: Wire, source: Source, events: InboundEvent[]): void {
  const items = asList(value.statuses);
  for (const item of items) {
    const status = asRecord(item);
    const event = status && source.ofNumber ? readStatus(status, value, source, items.length === 1) : undefined;
    events.push(event ?? unknownEvent(source, item, "number"));
  }
}

function readStatus(item: Wire, value: Wire, source: Source, only: boolean): InboundEvent | undefined {
  const status = STATUSES.get(item.status);
  if (item.type === "call" || (source.field === "calls" && status === undefined)) return readCallStatus(item, value, source, only);
  const messageId = asText(item.id);
  if (status === undefined || messageId === undefined || (item.type !== undefined && item.type !== "message")) return undefined;
  const { groupId, contact } = readRecipient(item, value.contacts, only);
  const participant = contactKey(contact);
  const chat = groupId ?? participant;
  const failure = status === "failed" ? readFailure(item) : undefined;
  const health = failure && healthOfFailure(failure.code);
  const reference = asText(item.biz_opaque_callback_data);
  const data: MessageStatusChanged = {
    messageId,
    ...(reference !== undefined && { reference }),
    ...(participant !== "unknown" && { contact }),
    ...(groupId !== undefined && { groupId }),
    status,
    ...(failure && { failure }),
    // for groups Meta's pages write it into the conversation
    ...readPricing(item.pricing ?? asRecord(item.conversation)?.pricing),
    raw: item,
  };
  return {
    key: `${source.route}|${chat}|${participant}|${messageId}|${status}`,
    route: source.route,
    ...(groupId === undefined ? contactOrder(source.route, contact) : { orderKey: `${source.route}|${groupId}` }),
    type: "message.status",
    at: asTime(item.timestamp, source.at),
    data,
    ...(health && { health }),
  };
}

/** Reads whom a message was for, and in which group. Where Meta names nobody the contact is empty. */
export function readRecipient(item: Wire, contacts: unknown, only: boolean): { readonly contact: Contact; readonly groupId?: string } {
  const groupId = groupOf(item);
  const identityKey = item.recipient_identity_key_hash;
  if (groupId === undefined) {
    const { recipient_id: phone, recipient_user_id: userId } = item;
    const parentUserId = item.recipient_parent_user_id ?? item.parent_recipient_user_id;
    return { contact: readContact(phone, userId, profileOf(contacts, phone, userId, only), { parentUserId, identityKey }) };
  }
  // the participant, where there is one, stands apart from the group
  const phone = participantPhone(item) ?? (item.recipient_id === groupId ? undefined : item.recipient_id);
  const userId = item.recipient_participant_user_id ?? item.recipient_user_id;
  const profile = phone === undefined && userId === undefined ? undefined : profileOf(contacts, phone, userId, false);
  const parentUserId = item.recipient_participant_parent_user_id;
  return { contact: readContact(phone, userId, profile, { parentUserId, identityKey }), groupId };
}

/**
 * `recipient_id` is the group itself where a participant stands beside it; Meta's pages write the participant's field in two ways.
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/groups/webhooks
 */
function groupOf(item: Wire): string | undefined {
  const named = asText(item.group_id);
  if (named !== undefined) return named;
  const ofGroup =
    item.recipient_type === "group" || participantPhone(item) !== undefined || item.recipient_participant_user_id !== undefined;
  return ofGroup ? asText(item.recipient_id) : undefined;
}

function participantPhone(item: Wire): unknown {
  return item.recipient_participant_id ?? item.participant_recipient_id;
}

function readFailure(item: Wire): MessageStatusChanged["failure"] {
  return toWadeskError(readMetaError(asRecord(asList(item.errors)[0]) ?? {})).toJSON();
}

function readPricing(value: unknown): Pick<MessageStatusChanged, "pricing"> {
  const pricing = asRecord(value);
  if (pricing === undefined) return {};
  return {
    pricing: present({
      billable: asFlag(pricing.billable),
      category: asText(pricing.category),
      model: asText(pricing.pricing_model),
      type: asText(pricing.type),
    }),
  };
}

/** Errors on the value itself belong to no message. */
export function readErrors(value: Wire, source: Source, events: InboundEvent[]): void {
  for (const item of asList(value.errors)) {
    const error = asRecord(item);
    if (error === undefined || !source.ofNumber) {
      events.push(unknownEvent(source, item, "number"));
      continue;
    }
    const failure = toWadeskError(readMetaError(error)).toJSON();
    const health = healthOfFailure(failure.code);
    events.push({
      ...ofNumber(source, item),
      type: "provider.error",
      at: source.at,
      data: { failure, raw: item },
      ...(health && { health }),
    });
  }
}
