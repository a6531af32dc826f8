import type { Page } from "@wadesk/core";

/** Where a page begins: after the row with these values. They need not be of a row that is still there. */
export function readCursor(cursor: string): readonly (string | number)[] {
  return JSON.parse(cursor) as (string | number)[];
}

/** Makes a page of rows, of which one more was read than it may hold. */
export function toPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  itemOf: (row: Row) => Item,
  placeOf: (row: Row) => readonly (string | number)[],
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(itemOf), ...(rows.length > limit && last !== undefined && { next: JSON.stringify(placeOf(last)) }) };
}
