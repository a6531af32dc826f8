import { invalidParameter } from "./twilio-error.ts";

/** A part of a list, and where it lies. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly page: number;
  readonly pageSize: number;
  readonly start: number;
  readonly url: URL;
  readonly first: URL;
  readonly next: URL | undefined;
  readonly previous: URL | undefined;
}

const LARGEST = 1000;

/** Cuts a page by `PageSize` and `Page` of the query. Throws 20001 where they are no numbers, or `PageSize` is not 1–1000. */
export function cutPage<Item>(items: readonly Item[], url: URL, usualSize: number = 50): Page<Item> {
  const pageSize = whole(url, "PageSize", usualSize, 1, LARGEST);
  const page = whole(url, "Page", 0, 0, Number.MAX_SAFE_INTEGER);
  const start = page * pageSize;
  const at = (number: number): URL => {
    const link = new URL(url);
    link.searchParams.set("PageSize", String(pageSize));
    link.searchParams.set("Page", String(number));
    return link;
  };
  return {
    items: items.slice(start, start + pageSize),
    page,
    pageSize,
    start,
    url: at(page),
    first: at(0),
    next: start + pageSize < items.length ? at(page + 1) : undefined,
    previous: page > 0 ? at(page - 1) : undefined,
  };
}

/** The page as the 2010 API writes it, under the list's name. */
export function pageOf2010<Item>(name: string, page: Page<Item>, written: (item: Item) => object): object {
  const uri = (link: URL | undefined): string | null => (link ? link.pathname + link.search : null);
  return {
    first_page_uri: uri(page.first),
    end: Math.max(0, page.start + page.items.length - 1),
    previous_page_uri: uri(page.previous),
    [name]: page.items.map(written),
    uri: uri(page.url),
    page_size: page.pageSize,
    start: page.start,
    next_page_uri: uri(page.next),
    page: page.page,
  };
}

/** The page as the newer APIs write it: the list under its name, and `meta`. */
export function pageWithMeta<Item>(name: string, page: Page<Item>, written: (item: Item) => object): object {
  return {
    [name]: page.items.map(written),
    meta: {
      page: page.page,
      page_size: page.pageSize,
      first_page_url: page.first.href,
      previous_page_url: page.previous?.href ?? null,
      url: page.url.href,
      next_page_url: page.next?.href ?? null,
      key: name,
    },
  };
}

function whole(url: URL, name: string, usual: number, least: number, most: number): number {
  const written = url.searchParams.get(name);
  if (written === null) return usual;
  const value = /^\d+$/.test(written) ? Number(written) : Number.NaN;
  if (!(value >= least && value <= most)) throw invalidParameter(name, `must be a whole number between ${least} and ${most}`);
  return value;
}
