import { graphError } from "./graph-error.ts";
import { mustBe } from "./rules.ts";

/** One page of an edge, in Meta's envelope. */
export interface GraphPage<Item> {
  readonly data: readonly Item[];
  readonly paging?: {
    readonly cursors: { readonly before: string; readonly after: string };
    readonly next?: string;
    readonly previous?: string;
  };
}

const USUAL_LIMIT = 25;
const LARGEST_LIMIT = 100;

/** Cuts a page by `limit`, `after` and `before` of the query. Throws 100 on a limit out of 1–100 and on a cursor that was not issued. */
export function cutPage<Item>(items: readonly Item[], url: URL): GraphPage<Item> {
  const limit = readLimit(url.searchParams.get("limit"));
  const after = readCursor(url.searchParams.get("after"), "after");
  const before = readCursor(url.searchParams.get("before"), "before");
  const end = before ?? items.length;
  const start = after === undefined ? (before === undefined ? 0 : Math.max(0, end - limit)) : after + 1;
  const data = items.slice(start, Math.min(start + limit, end));
  if (data.length === 0) return { data };
  const last = start + data.length - 1;
  const cursors = { before: cursor(start), after: cursor(last) };
  return {
    data,
    paging: {
      cursors,
      ...(last + 1 < items.length && { next: linkTo(url, "after", cursors.after) }),
      ...(start > 0 && { previous: linkTo(url, "before", cursors.before) }),
    },
  };
}

function readLimit(written: string | null): number {
  if (written === null) return USUAL_LIMIT;
  if (!/^\d+$/.test(written)) throw mustBe("limit", "an integer");
  const limit = Number(written);
  if (limit < 1 || limit > LARGEST_LIMIT) throw mustBe("limit", `between 1 and ${LARGEST_LIMIT}`);
  return limit;
}

function readCursor(written: string | null, name: string): number | undefined {
  if (written === null || written === "") return undefined;
  const [, position] = /^cursor:(\d+)$/.exec(Buffer.from(written, "base64url").toString()) ?? [];
  if (position === undefined) throw graphError(100, { message: `(#100) Invalid cursors values: ${name}` });
  return Number(position);
}

function cursor(position: number): string {
  return Buffer.from(`cursor:${position}`).toString("base64url");
}

function linkTo(url: URL, name: "after" | "before", value: string): string {
  const link = new URL(url);
  link.searchParams.delete("after");
  link.searchParams.delete("before");
  link.searchParams.set(name, value);
  return link.href;
}
