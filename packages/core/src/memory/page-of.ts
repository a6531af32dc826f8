import type { Page, PageRequest } from "../ports/stores/storage.ts";

/** Where an item stands in its list; compared field by field. No two items share one. */
export type Position = readonly (number | string)[];

/** Sorts a list and cuts one page out of it. The cursor is a place and not an item, so that a page goes on where it was when that item is gone. */
export function pageOf<Item>(items: readonly Item[], positionOf: (item: Item) => Position, { limit, cursor }: PageRequest): Page<Item> {
  const sorted = items.map((item) => ({ item, position: positionOf(item) })).sort((left, right) => compare(left.position, right.position));
  const after = cursor === undefined ? undefined : readCursor(cursor);
  const rest = after === undefined ? sorted : sorted.filter(({ position }) => compare(position, after) > 0);
  const shown = rest.slice(0, limit);
  const last = shown.at(-1);
  const more = last !== undefined && rest.length > limit;
  return { items: structuredClone(shown.map(({ item }) => item)), ...(more && { next: JSON.stringify(last.position) }) };
}

function compare(left: Position, right: Position): number {
  for (const [index, mine] of left.entries()) {
    const other = right[index] ?? 0;
    if (mine !== other) return mine < other ? -1 : 1;
  }
  return 0;
}

// a cursor that is not one of ours begins at the front
function readCursor(cursor: string): Position | undefined {
  try {
    const position: unknown = JSON.parse(cursor);
    return Array.isArray(position) ? position : undefined;
  } catch {
    return undefined;
  }
}
