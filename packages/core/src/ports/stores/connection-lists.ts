import { invalidField } from "../../fields/invalid.ts";
import type { RegionCount } from "./connection-store.ts";

/** Counts of regions in their order: the most first, and among as many by name. */
export function regionCounts(counts: Iterable<readonly [region: string, count: number]>): readonly RegionCount[] {
  return [...counts]
    .filter(([, count]) => count > 0)
    .map(([region, count]) => ({ region, count }))
    .sort((left, right) => right.count - left.count || (left.region < right.region ? -1 : 1));
}

/** The number in a cursor of `changedSince`: that of the last change that was told, 0 before the first. Rejects with `input_invalid` what is none. */
export function readChangeCursor(cursor: string): number {
  const change = /^(0|[1-9]\d{0,15})$/.test(cursor) ? Number(cursor) : Number.NaN;
  if (Number.isSafeInteger(change)) return change;
  throw invalidField("cursor", "no list of connections answered this cursor; list them anew", "wrong_form");
}
