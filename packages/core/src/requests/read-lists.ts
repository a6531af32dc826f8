import type { ListRequest } from "../api/workspace.ts";
import { checkRequest } from "../fields/check-fields.ts";
import { invalidField } from "../fields/invalid.ts";
import { unknownName, unknownValues } from "../fields/nearest-name.ts";
import type { ConnectionState } from "../status/connection-status.ts";
import { readLimit } from "./read-requests.ts";

const STATES: Readonly<Record<ConnectionState, true>> = { connected: true, pending: true, disconnected: true, failed: true };
const LONGEST_SEARCH = 200;

/** A workspace's question for its connections, its limit filled in; one for blanks is none. Throws `input_invalid`. */
export function readListRequest(request: ListRequest = {}): ListRequest & { readonly limit: number } {
  checkRequest<ListRequest>(request, { state: "text", region: "text", search: "text", limit: "any", cursor: "text" });
  const { state, search, ...rest } = request;
  const known = Object.keys(STATES);
  if (state !== undefined && !known.includes(state))
    throw invalidField("state", unknownName(state, known, "a state"), "not_one_of", unknownValues(state, known));
  if (search !== undefined && search.length > LONGEST_SEARCH) {
    throw invalidField("search", `must have at most ${LONGEST_SEARCH} characters`, "too_long", { max: LONGEST_SEARCH });
  }
  const limit = readLimit(request.limit);
  return { ...rest, ...(state !== undefined && { state }), ...(search?.trim() && { search }), limit };
}

/** What a cursor of changes holds: the channel that was in force, the mark of its workspace, and where it stands. */
export interface ChangesPlace {
  readonly channel: string;
  readonly mark: string;
  readonly since: string;
}

/** A question for what changed since a list. Throws `input_invalid`. */
export function readChangesRequest(cursor: unknown, request: { readonly limit?: number } = {}): ChangesPlace & { readonly limit: number } {
  checkRequest<{ readonly limit?: number }>(request, { limit: "any" });
  const limit = readLimit(request.limit);
  const parts = listIn(cursor);
  const [channel, mark, since] = parts;
  if (parts.length === 3 && typeof channel === "string" && typeof mark === "string" && typeof since === "string") {
    return { channel, mark, since, limit };
  }
  throw invalidField("cursor", "give the `changes` of a list, or the cursor that changedSince answered", "wrong_form");
}

/** Who is to be called. Throws `input_invalid`. */
export function readListener(listener: unknown): () => unknown {
  if (typeof listener === "function") return () => listener() as unknown;
  throw invalidField("listener", "must be a function", "wrong_type", { expected: "function" });
}

function listIn(cursor: unknown): readonly unknown[] {
  const value = typeof cursor === "string" ? parsed(cursor) : undefined;
  return Array.isArray(value) ? value : [];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
