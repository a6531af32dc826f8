import type { InboundEvent } from "@wadesk/core";
import { ofNumber, type Source, unknownEvent } from "../source.ts";
import { asList, asRecord, asText, asTime, present, type Wire } from "../wire.ts";

/** Reads what happened to groups: made, changed, joined, left, suspended. */
export function readGroups(value: Wire, source: Source, events: InboundEvent[]): void {
  for (const item of asList(value.groups)) {
    const group = asRecord(item);
    const change = asText(group?.type);
    if (group === undefined || change === undefined) {
      events.push(unknownEvent(source, item, "number"));
      continue;
    }
    const groupId = asText(group.group_id);
    const { route } = source;
    const data = { ...present({ groupId }), change, raw: item };
    const orderKey = `${route}|${groupId ?? source.field}`;
    events.push({ ...ofNumber(source, item), orderKey, type: "group.changed", at: asTime(group.timestamp, source.at), data });
  }
}
