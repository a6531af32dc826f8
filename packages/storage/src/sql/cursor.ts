import type { Page } from "@wadesk/core";

/** Where a page ended: the values that it was ordered by, of its last row. */
export type Place = readonly (string | number)[];

/** Cuts one row more than was asked for down to a page; its cursor names the last row's place, so it holds though that row goes. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  toItem: (row: Row) => Item,
  placeOf: (row: Row) => Place,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return { items: shown.map(toItem), ...(last !== undefined && { next: toCursor(placeOf(last)) }) };
}

/** The place that a cursor names, when it is like this one; whatever else a cursor may hold reads from the beginning. */
export function readCursor<Like extends Place>(cursor: string | undefined, beginning: Like): Like {
  if (cursor === undefined) return beginning;
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    const fits =
      Array.isArray(place) && place.length === beginning.length && place.every((value, index) => isLike(value, beginning[index]));
    return fits ? (place as unknown as Like) : beginning;
  } catch {
    return beginning;
  }
}

function toCursor(place: Place): string {
  return Buffer.from(JSON.stringify(place)).toString("base64url");
}

function isLike(value: unknown, model: string | number | undefined): boolean {
  if (typeof value !== typeof model) return false;
  // no database keeps a NUL, so none gave it
  return typeof value === "string" ? value.isWellFormed() && !value.includes("\0") : Number.isSafeInteger(value);
}
