import type { InboundEvent } from "@wadesk/core";
import { ofAccount, type Source } from "../source.ts";
import { asText, present, type Wire } from "../wire.ts";

/** Reads a form's new status, or an alert about its endpoint. */
export function readFlow(value: Wire, source: Source, events: InboundEvent[]): void {
  const change = asText(value.event);
  if (change === undefined) return;
  const data = { ...present({ flowId: asText(value.flow_id) }), change: change.toLowerCase(), raw: value };
  events.push({ ...ofAccount(source, value), type: "flow.changed", at: source.at, data });
}
