import type { Page, PageRequest } from "./page.ts";

const LIMIT = 200;

/** Every item of a longer list, a page at a time. */
export async function* pagesOf<Item>(read: (page: PageRequest) => Promise<Page<Item>>): AsyncGenerator<Item> {
  for (let cursor: string | undefined; ; ) {
    const page = await read({ limit: LIMIT, ...(cursor !== undefined && { cursor }) });
    yield* page.items;
    if (page.next === undefined) return;
    cursor = page.next;
  }
}
