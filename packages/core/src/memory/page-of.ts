import { invalidField } from "../fields/invalid.ts";
import type { Page, PageRequest } from "../ports/stores/page.ts";
import { copyOf } from "./copy-of.ts";

/** Where an item stands in its list; compared field by field. No two items share one. */
export type Position = readonly (number | string)[];

/** Sorts a list and cuts one page out of it. The cursor is a place and not an item, so that a page goes on where it was when that item is gone. */
export function pageOf<Item>(items: readonly Item[], positionOf: (item: Item) => Position, { limit, cursor }: PageRequest): Page<Item> {
  const sorted = items.map((item) => ({ item, position: positionOf(item) })).sort((left, right) => compare(left.position, right.position));
  const after = cursor === undefined ? undefined : readCursor(cursor, sorted[0]?.position);
  const rest = after === undefined ? sorted : sorted.filter(({ position }) => compare(position, after) > 0);
  const shown = rest.slice(0, limit);
  const last = shown.at(-1);
  const more = last !== undefined && rest.length > limit;
  return { items: copyOf(shown.map(({ item }) => item)), ...(more && { next: JSON.stringify(last.position) }) };
}

function compare(left: Position, right: Position): number {
  for (const [index, mine] of left.entries()) {
    const other = right[index] ?? 0;
    if (mine !== other) return mine < other ? -1 : 1;
  }
  return 0;
}

// read from the front it would show the same page for ever
function readCursor(cursor: string, like: Position | undefined): Position {
  const position = parsed(cursor);
  const fits = Array.isArray(position) && position.every(isPart);
  // where nothing is listed there is nothing to hold it to
  if (fits && (like === undefined || isLike(position, like))) return position;
  throw invalidField("cursor", "no list answered this cursor; leave it out to begin at the front", "wrong_form");
}

function isLike(position: Position, like: Position): boolean {
  return position.length === like.length && position.every((part, index) => typeof part === typeof like[index]);
}

function isPart(part: unknown): part is Position[number] {
  return typeof part === "string" || Number.isFinite(part);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
