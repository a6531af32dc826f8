import type { InboundEvent, NumberChanged } from "@wadesk/core";
import { ofAccount, type Source } from "../source.ts";
import { asText, present, type Wire } from "../wire.ts";

/** Reads a number's quality or throughput and its messaging limit, by its new field and by the old one. */
export function readQuality(value: Wire, source: Source, events: InboundEvent[]): void {
  const limit = asText(value.max_daily_conversations_per_business) ?? asText(value.current_limit);
  push(value, source, events, { change: "quality", ...present({ value: asText(value.event), limit }) });
}

/** Reads the decision on a display name or a business username. */
export function readName(value: Wire, source: Source, events: InboundEvent[]): void {
  push(value, source, events, { change: "name", ...present({ value: asText(value.decision) ?? asText(value.status) }) });
}

/** Reads a change of a number's settings, e.g. of its two-step PIN. */
export function readSettings(value: Wire, source: Source, events: InboundEvent[]): void {
  push(value, source, events, { change: "settings", ...present({ value: asText(value.event) ?? asText(value.type) }) });
}

function push(raw: Wire, source: Source, events: InboundEvent[], change: Omit<NumberChanged, "raw">): void {
  events.push({ ...ofAccount(source, raw), type: "number.changed", at: source.at, data: { ...change, raw } });
}
