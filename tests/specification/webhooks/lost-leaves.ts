import type { InboundEvent } from "@wadesk/core/ports";

type Report = (field: string | undefined, leaf: string) => void;

// an item of a list stands in no field of its own
function visit(value: unknown, report: Report, field?: string): void {
  if (Array.isArray(value)) for (const item of value) visit(item, report);
  else if (typeof value === "object" && value !== null) for (const [key, inner] of Object.entries(value)) visit(inner, report, key);
  else report(field, JSON.stringify(value));
}

const named = (field: string | undefined, leaf: string): string => (field === undefined ? leaf : `${field}: ${leaf}`);

/** The parts of a value that are in no event, neither in its typed data nor untouched: each leaf under the name of its field. */
export function lostFrom(value: unknown, events: readonly InboundEvent[]): readonly string[] {
  const kept = new Set<string>();
  for (const { data } of events) visit(data, (field, leaf) => void kept.add(leaf).add(named(field, leaf)));
  const lost = new Set<string>();
  visit(value, (field, leaf) => void (kept.has(named(field, leaf)) || lost.add(named(field, leaf))));
  return [...lost];
}
