import type { StopOptions } from "../api/wadesk.ts";
import { checkRequest } from "../fields/check-fields.ts";
import { invalidField } from "../fields/invalid.ts";
import type { ReadMark } from "../ports/line.ts";
import type { PageRequest } from "../ports/stores/page.ts";
import { readWorkspaceId } from "./workspace-id.ts";

const DEFAULT_LIMIT = 50;
/** The longest page that a list answers. */
const HIGHEST_LIMIT = 200;

/** An id as a text. Throws `input_invalid` when it is none, so that an absent one is not looked for. */
export function readId(id: unknown, of: "connection" | "message"): string {
  if (typeof id === "string" && id !== "") return id;
  throw invalidField("id", `give the id of a ${of}`, "required");
}

/** The kind of a channel as a text; whether it is installed is seen later. */
export function readKind(kind: unknown): string {
  if (typeof kind === "string") return kind;
  throw invalidField("kind", "must be a text, e.g. cloud-api", "wrong_type", { expected: "text" });
}

/** A page of dead letters, its limit filled in, and of whom. Throws `input_invalid`. */
export function readDeadRequest(request: Partial<PageRequest> & OfWorkspace = {}): PageRequest & OfWorkspace {
  checkRequest<PageRequest & OfWorkspace>(request, { limit: "any", cursor: "text", workspaceId: "any" });
  const { limit, cursor } = request;
  return { ...readOf(request), limit: readLimit(limit), ...(cursor !== undefined && { cursor }) };
}

/** Of one workspace, or of all where none is named. */
export interface OfWorkspace {
  readonly workspaceId?: string;
}

/** Of whom something is asked. Throws `input_invalid`; a tenant that is named and absent is not everybody. */
export function readOfWorkspace(of: OfWorkspace = {}): OfWorkspace {
  checkRequest<OfWorkspace>(of, { workspaceId: "any" });
  return readOf(of);
}

function readOf(of: OfWorkspace): OfWorkspace {
  if (!("workspaceId" in of)) return {};
  if (of.workspaceId === undefined)
    throw invalidField("workspaceId", "is undefined; give the id of your tenant, or leave it out for all", "required");
  return { workspaceId: readWorkspaceId(of.workspaceId) };
}

/** The keys of events. Throws `input_invalid`. */
export function readKeys(keys: unknown): readonly string[] {
  if (Array.isArray(keys) && keys.every((key) => typeof key === "string")) return keys;
  throw invalidField("keys", "must be a list of the keys of events, each a text", "wrong_type", { expected: "list" });
}

/** For how many milliseconds to go on; nothing where it is not limited. Throws `input_invalid`. */
export function readBudget(request: { readonly budgetMs?: number } = {}): number | undefined {
  checkRequest<{ readonly budgetMs?: number }>(request, { budgetMs: "number" });
  const { budgetMs } = request;
  if (budgetMs !== undefined && budgetMs < 0) throw invalidField("budgetMs", "must be milliseconds, 0 or more", "too_low", { min: 0 });
  return budgetMs;
}

/** For how many milliseconds running handlers are waited for; nothing where that is not said. Throws `input_invalid`. */
export function readStopWithin(options: StopOptions = {}): number | undefined {
  checkRequest<StopOptions>(options, { withinMs: "number" });
  const { withinMs } = options;
  if (withinMs !== undefined && withinMs < 0) throw invalidField("withinMs", "must be milliseconds, 0 or more", "too_low", { min: 0 });
  return withinMs;
}

/** Which message was read, and by which connection. Throws `input_invalid`. */
export function readMarkRequest(request: ReadMark & { readonly from?: string }): ReadMark & { readonly from?: string } {
  checkRequest<ReadMark & { readonly from?: string }>(request, { messageId: "any", typing: "flag", from: "text" });
  const { messageId, from } = request;
  if (typeof messageId !== "string" || messageId === "") throw invalidField("messageId", "give the messageId of the event", "required");
  if (from === "") throw invalidField("from", "must not be empty; leave it out for the primary connection", "required");
  return request;
}

/** How many to list. Throws `input_invalid`. */
export function readLimit(limit: unknown): number {
  if (limit === undefined) return DEFAULT_LIMIT;
  if (typeof limit === "number" && Number.isInteger(limit) && limit >= 1 && limit <= HIGHEST_LIMIT) return limit;
  const message = `must be a whole number from 1 to ${HIGHEST_LIMIT}`;
  if (typeof limit !== "number" || !Number.isInteger(limit))
    throw invalidField("limit", message, "wrong_type", { expected: "whole_number" });
  throw limit < 1
    ? invalidField("limit", message, "too_low", { min: 1 })
    : invalidField("limit", message, "too_high", { max: HIGHEST_LIMIT });
}
