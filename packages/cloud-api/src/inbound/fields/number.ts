import type { ConnectionFacts, NumberChanged } from "@wadesk/core";
import type { InboundEvent } from "@wadesk/core/ports";
import { limitOf } from "../../wire/our-words.ts";
import { asList, asText, present, type Wire } from "../../wire/wire.ts";
import { readUsername } from "../contact.ts";
import { ofAccount, type Source } from "../source.ts";

/** Reads a number's quality or throughput and its messaging limit, by its new field and by the old one. */
export function readQuality(value: Wire, source: Source, events: InboundEvent[]): void {
  const limit = asText(value.max_daily_conversations_per_business) ?? asText(value.current_limit);
  const event = asText(value.event);
  // that it is flagged no more does not say how good it is now
  const facts = present({ quality: event === "FLAGGED" ? ("low" as const) : undefined, messagingLimit: limitOf(limit) });
  push(value, source, events, { change: "quality", ...present({ value: event, limit }) }, facts);
}

/** Reads the decision on a display name. */
export function readName(value: Wire, source: Source, events: InboundEvent[]): void {
  push(value, source, events, {
    change: "name",
    ...present({
      value: asText(value.decision) ?? asText(value.status),
      name: asText(value.requested_verified_name),
      reason: asText(value.rejection_reason),
    }),
  });
}

/**
 * Reads what became of a business username. Meta's pages name the field in three ways and its words in two.
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids/
 */
export function readBusinessUsername(value: Wire, source: Source, events: InboundEvent[]): void {
  const reasons = asList(value.rejection_reasons).flatMap((reason) => asText(reason) ?? []);
  push(value, source, events, {
    change: "username",
    ...present({
      value: asText(value.status) ?? asText(value.decision),
      name: readUsername(value.username) ?? readUsername(value.requested_username),
      reason: asText(reasons.join(" ")),
    }),
  });
}

/** Reads a change of a number's settings, e.g. of its two-step PIN. */
export function readSettings(value: Wire, source: Source, events: InboundEvent[]): void {
  push(value, source, events, { change: "settings", ...present({ value: asText(value.event) ?? asText(value.type) }) });
}

/** Reads a change of the settings of the number that the value names; without one it is nobody's. */
export function readNumberSettings(value: Wire, source: Source, events: InboundEvent[]): void {
  if (source.ofNumber) readSettings(value, source, events);
}

function push(raw: Wire, source: Source, events: InboundEvent[], change: Omit<NumberChanged, "raw">, facts: ConnectionFacts = {}): void {
  const told = Object.keys(facts).length > 0 && { facts };
  events.push({ ...ofAccount(source, raw), type: "number.changed", at: source.at, data: { ...change, raw }, ...told });
}
