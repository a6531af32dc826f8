import type { CallChanged } from "@wadesk/core";
import { contactKey, contactOrder, type InboundEvent } from "@wadesk/core/ports";
import { asList, asNumber, asRecord, asText, asTime, present, type Wire } from "../../wire/wire.ts";
import { profileOf, readContact, readPhone } from "../contact.ts";
import { type Source, unknownEvent } from "../source.ts";

const DIRECTIONS: ReadonlyMap<unknown, "inbound" | "outbound"> = new Map<string, "inbound" | "outbound">([
  ["USER_INITIATED", "inbound"],
  ["BUSINESS_INITIATED", "outbound"],
]);

/** Reads the `calls` of a value: a call that rings or ended. Its statuses come among the value's `statuses`. */
export function readCalls(value: Wire, source: Source, events: InboundEvent[]): void {
  const items = asList(value.calls);
  for (const item of items) {
    const call = asRecord(item);
    const event = call && readCall(call, value, source, items.length === 1);
    events.push(event ?? unknownEvent(source, item, "number"));
  }
}

function readCall(call: Wire, value: Wire, source: Source, only: boolean): InboundEvent | undefined {
  const direction = DIRECTIONS.get(call.direction);
  const outbound = toPerson(call, direction, value);
  const [phone, userId, parentUserId] = outbound
    ? [call.to, call.to_user_id, call.to_parent_user_id]
    : [call.from, call.from_user_id, call.from_parent_user_id];
  const contact = readContact(phone, userId, profileOf(value.contacts, phone, userId, only), { parentUserId });
  return callEvent(call, asText(call.event), contact, direction, source);
}

/**
 * Whether the person is the one who is called. Meta's pages disagree about who is `from` and who is `to` in a call of the business, so the side
 * that is the business's own number is not the person.
 */
function toPerson(call: Wire, direction: CallChanged["direction"], value: Wire): boolean {
  const business = readPhone(asRecord(value.metadata)?.display_phone_number);
  if (business !== undefined && call.to_user_id === undefined && call.from_user_id === undefined) {
    if (readPhone(call.to) === business) return false;
    if (readPhone(call.from) === business) return true;
  }
  return direction === "outbound" || (direction === undefined && call.from_user_id === undefined && call.to_user_id !== undefined);
}

/** Reads one status of a call the business made: ringing, accepted, rejected. */
export function readCallStatus(item: Wire, value: Wire, source: Source, only: boolean): InboundEvent | undefined {
  const { recipient_id: phone, recipient_user_id: userId, recipient_parent_user_id: parentUserId } = item;
  const contact = readContact(phone, userId, profileOf(value.contacts, phone, userId, only), { parentUserId });
  return callEvent(item, asText(item.status), contact, "outbound", source);
}

const OUTCOMES: ReadonlyMap<string | undefined, "completed" | "failed"> = new Map<string, "completed" | "failed">([
  ["completed", "completed"],
  ["failed", "failed"],
]);

function callEvent(
  item: Wire,
  happened: string | undefined,
  contact: NonNullable<CallChanged["contact"]>,
  direction: CallChanged["direction"],
  source: Source,
): InboundEvent | undefined {
  const callId = asText(item.id);
  if (callId === undefined || happened === undefined || !source.ofNumber) return undefined;
  const who = contactKey(contact);
  const change = happened.toLowerCase();
  return {
    key: `${source.route}|${who}|${who}|${callId}|${change}`,
    route: source.route,
    ...contactOrder(source.route, contact),
    type: "call.changed",
    at: asTime(item.timestamp, source.at),
    data: {
      callId,
      ...(who !== "unknown" && { contact }),
      change,
      ...(direction && { direction }),
      ...present({
        reference: asText(item.biz_opaque_callback_data),
        outcome: OUTCOMES.get(asText(item.status)?.toLowerCase()),
        durationSeconds: asNumber(item.duration),
      }),
      raw: item,
    },
  };
}
