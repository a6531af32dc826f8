import type { LiveEvents } from "../api/live-events.ts";
import { invalidField } from "../fields/invalid.ts";
import { unknownName, unknownValues } from "../fields/nearest-name.ts";
import type { EventType } from "../model/event.ts";
import type { AnyChannel } from "../ports/channel.ts";

// a type without a row does not compile
const DURABLE: Readonly<Record<EventType, true>> = {
  "message.received": true,
  "message.echoed": true,
  "message.edited": true,
  "message.revoked": true,
  "message.status": true,
  "contact.changed": true,
  "template.changed": true,
  "number.changed": true,
  "account.changed": true,
  "call.changed": true,
  "history.received": true,
  "contacts.synced": true,
  "preference.changed": true,
  "conversation.observed": true,
  "conversation.transferred": true,
  "conversion.detected": true,
  "marketing.tracked": true,
  "group.changed": true,
  "presence.changed": true,
  "flow.changed": true,
  "provider.error": true,
  "event.unknown": true,
};
const LIVE: Readonly<Record<Exclude<keyof LiveEvents, EventType>, true>> = {
  "event.completed": true,
  "event.died": true,
  "connection.changed": true,
  "connection.removed": true,
  "connection.step": true,
};

type Channels = ReadonlyMap<string, AnyChannel>;

/** Refuses a type that no channel brings, and what is no function, with `input_invalid`: such a handler would never be called. */
export function checkHandler(channels: Channels, type: unknown, handler: unknown): void {
  if (typeof type === "string" && Object.hasOwn(LIVE, type)) {
    throw invalidField("type", `${type} is not an event that process handles; listen with on`, "not_one_of");
  }
  checkName("type", type, durableTypes(channels));
  checkFunction("handler", handler);
}

/** Refuses a name that nothing is told under, and what is no function, with `input_invalid`. */
export function checkListener(channels: Channels, name: unknown, listener: unknown): void {
  checkName("name", name, [...durableTypes(channels), ...Object.keys(LIVE)]);
  checkFunction("listener", listener);
}

function durableTypes(channels: Channels): readonly string[] {
  return [...Object.keys(DURABLE), ...[...channels.values()].flatMap(({ events = [] }) => events)];
}

function checkName(field: string, name: unknown, known: readonly string[]): void {
  if (typeof name !== "string")
    throw invalidField(field, "must be the name of an event, e.g. message.received", "wrong_type", { expected: "text" });
  if (!known.includes(name)) throw invalidField(field, unknownName(name, known, "an event"), "not_one_of", unknownValues(name, known));
}

function checkFunction(field: string, value: unknown): void {
  if (typeof value !== "function") throw invalidField(field, "must be a function", "wrong_type", { expected: "function" });
}
