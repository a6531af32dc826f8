import { type Page, WadeskError } from "@wadesk/core";

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

/**
 * The place that a cursor names, which is like the beginning. Throws `input_invalid` for whatever else a cursor may hold: read from the
 * beginning it would show the same page for ever.
 */
export function readCursor<Like extends Place>(cursor: string | undefined, beginning: Like): Like {
  if (cursor === undefined) return beginning;
  const place = placeIn(cursor);
  const fits = Array.isArray(place) && place.length === beginning.length && place.every((value, index) => isLike(value, beginning[index]));
  if (fits) return place as unknown as Like;
  const message = "no list answered this cursor; leave it out to begin at the front";
  throw new WadeskError("input_invalid", { detail: `cursor: ${message}`, issues: [{ field: "cursor", code: "wrong_form", message }] });
}

function placeIn(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString());
  } catch {
    return undefined;
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
