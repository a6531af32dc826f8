import { contactKey, type InboundEvent, type MessageStatus, type MessageStatusChanged } from "@wadesk/core";
import { readMetaError, toWadeskError } from "../meta-error.ts";
import { profileOf, readContact } from "./contact.ts";
import { readCallStatus } from "./fields/calls.ts";
import { healthOfFailure } from "./fields/health.ts";
import { ofNumber, type Source, unknownEvent } from "./source.ts";
import { asFlag, asList, asRecord, asText, asTime, present, type Wire } from "./wire.ts";

const STATUSES: ReadonlyMap<unknown, MessageStatus> = new Map<string, MessageStatus>([
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
  if (item.type === "call") return readCallStatus(item, value, source, only);
  const status = STATUSES.get(item.status);
  const messageId = asText(item.id);
  if (status === undefined || messageId === undefined || (item.type !== undefined && item.type !== "message")) return undefined;
  const groupId = asText(item.group_id) ?? (item.recipient_type === "group" ? asText(item.recipient_id) : undefined);
  // in a group `recipient_id` may name the group itself; the participant, where there is one, stands apart
  const phone = groupId === undefined ? item.recipient_id : (item.recipient_participant_id ?? notGroup(item.recipient_id, groupId));
  const userId = groupId === undefined ? item.recipient_user_id : (item.recipient_participant_user_id ?? item.recipient_user_id);
  const contact = readContact(phone, userId, groupId === undefined ? profileOf(value.contacts, phone, userId, only) : undefined);
  const participant = contactKey(contact);
  const chat = groupId ?? participant;
  const failure = status === "failed" ? readFailure(item) : undefined;
  const health = failure && healthOfFailure(failure.code);
  const reference = asText(item.biz_opaque_callback_data);
  const data: MessageStatusChanged = {
    messageId,
    ...(reference !== undefined && { reference }),
    ...(participant !== "unknown" && { contact }),
    status,
    ...(failure && { failure }),
    ...readPricing(item.pricing),
    raw: item,
  };
  return {
    key: `${source.route}|${chat}|${participant}|${messageId}|${status}`,
    route: source.route,
    orderKey: `${source.route}|${chat}`,
    type: "message.status",
    at: asTime(item.timestamp, source.at),
    data,
    ...(health && { health }),
  };
}

function notGroup(recipient: unknown, groupId: string): unknown {
  return recipient === groupId ? undefined : recipient;
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
