import { type Page, WadeskError } from "@wadesk/core";

type Place = readonly (string | number)[];

/**
 * Where a page begins: after the row with these values. They need not be of a row that is still there. A cursor is what a person may type:
 * one that is not like a place of this list is refused.
 */
export function readCursor(cursor: string, like: Place): Place {
  const place = parsed(cursor);
  if (Array.isArray(place) && place.length === like.length && place.every((value, index) => isLike(value, like[index]))) return place;
  const message = "no list answered this cursor; leave it out to begin at the front";
  throw new WadeskError("input_invalid", { detail: `cursor: ${message}`, issues: [{ field: "cursor", code: "wrong_form", message }] });
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(cursor);
  } catch {
    return undefined;
  }
}

function isLike(value: unknown, model: string | number | undefined): boolean {
  return typeof model === "number"
    ? Number.isSafeInteger(value)
    : typeof value === "string" && !value.includes("\0") && value.isWellFormed();
}

/** Makes a page of rows, of which one more was read than it may hold. */
export function toPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  itemOf: (row: Row) => Item,
  placeOf: (row: Row) => Place,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(itemOf), ...(rows.length > limit && last !== undefined && { next: JSON.stringify(placeOf(last)) }) };
}
