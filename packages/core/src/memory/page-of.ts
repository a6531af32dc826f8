import type { Page, PageRequest } from "../ports/stores/storage.ts";

/** Cuts one page out of a sorted list; the cursor is the key of the last item shown. */
export function pageOf<Item>(items: readonly Item[], keyOf: (item: Item) => string, { limit, cursor }: PageRequest): Page<Item> {
  const start = cursor === undefined ? 0 : items.findIndex((item) => keyOf(item) === cursor) + 1;
  const shown = items.slice(start, start + limit);
  const last = shown.at(-1);
  const more = last !== undefined && start + limit < items.length;
  return { items: structuredClone(shown), ...(more && { next: keyOf(last) }) };
}
