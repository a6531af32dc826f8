import type { RegionCount } from "./connection-store.ts";

/** Counts of regions in their order: the most first, and among as many by name. */
export function regionCounts(counts: Iterable<readonly [region: string, count: number]>): readonly RegionCount[] {
  return [...counts]
    .filter(([, count]) => count > 0)
    .map(([region, count]) => ({ region, count }))
    .sort((left, right) => right.count - left.count || (left.region < right.region ? -1 : 1));
}
