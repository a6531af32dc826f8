import { isNode, type Patch, pointerTo } from "./patch.ts";

/**
 * Why a row is right. Either a named example of the file itself, a request for a message or an `answer` of an operation, which is refused
 * without the row; or a page of Meta's documentation with a sample of ours that the page allows (`accepts`) or forbids (`refuses`).
 */
export type Evidence =
  | { readonly example: string }
  | { readonly answer: string; readonly of: string }
  | { readonly page: string; readonly accepts: string }
  | { readonly page: string; readonly refuses: string };

/** One repair of Meta's file: where, what, and why. */
export interface Repair {
  readonly at: string;
  readonly patch: Patch;
  readonly evidence: Evidence;
}

/** Where the file keeps the examples of `POST /{Version}/{Phone-Number-ID}/messages`. */
export const MESSAGE_EXAMPLES: string = pointerTo(
  ...["paths", "/{Version}/{Phone-Number-ID}/messages", "post", "requestBody", "content", "application/json", "examples"],
);

/** A row's name in a test's title. */
export function nameOfRepair({ at, patch }: Repair): string {
  const [kind, value] = Object.entries(patch)[0] ?? [];
  const short = at.replace(MESSAGE_EXAMPLES, "example").replace(/^\/components\/schemas/, "");
  return `${kind} ${isNode(value) || Array.isArray(value) ? "a schema" : JSON.stringify(value)} at ${short}`;
}
