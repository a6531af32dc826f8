import { type CallChanged, contactKey, type InboundEvent } from "@wadesk/core";
import { profileOf, readContact } from "../contact.ts";
import { type Source, unknownEvent } from "../source.ts";
import { asList, asRecord, asText, asTime, type Wire } from "../wire.ts";

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
  const [phone, userId] = direction === "outbound" ? [call.to, call.to_user_id] : [call.from, call.from_user_id];
  const contact = readContact(phone, userId, profileOf(value.contacts, phone, userId, only));
  return callEvent(call, asText(call.event), contact, direction, source);
}

/** Reads one status of a call the business made: ringing, accepted, rejected. */
export function readCallStatus(item: Wire, value: Wire, source: Source, only: boolean): InboundEvent | undefined {
  const { recipient_id: phone, recipient_user_id: userId } = item;
  const contact = readContact(phone, userId, profileOf(value.contacts, phone, userId, only));
  return callEvent(item, asText(item.status), contact, "outbound", source);
}

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
    orderKey: `${source.route}|${who}`,
    type: "call.changed",
    at: asTime(item.timestamp, source.at),
    data: { callId, ...(who !== "unknown" && { contact }), change, ...(direction && { direction }), raw: item },
  };
}
