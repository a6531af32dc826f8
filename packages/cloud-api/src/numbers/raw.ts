import { parseJson } from "@wadesk/core/ports";
import type { GraphHost } from "../graph/graph.ts";
import { asRecord, type Wire } from "../wire/wire.ts";
import { inputInvalid, readFields } from "./input-invalid.ts";
import { graphOf, type NumberWork } from "./work.ts";

/** How Meta is asked. */
export type RawMethod = "GET" | "POST" | "DELETE";

/** What Meta answered, as it came; an answer that is no object stands under `data`. An id that is larger than JavaScript keeps is text. */
export type RawAnswer = Readonly<Record<string, unknown>>;

/** Where Meta is asked. */
export interface RawOptions {
  /** `graph` for graph.facebook.com, the default; `api` for api.facebook.com, where a few new calls are alone. */
  readonly host?: GraphHost;
}

const METHODS: readonly unknown[] = ["GET", "POST", "DELETE"];
/** Who asks is the connection: another's token, or a proof of one, has no place here. */
const CREDENTIALS = ["access_token", "appsecret_proof", "client_secret", "input_token"];

/** Calls Meta by method and path. */
export async function raw(
  work: NumberWork,
  method: RawMethod,
  path: string,
  body?: Readonly<Record<string, unknown>>,
  options: RawOptions = {},
): Promise<RawAnswer> {
  const { host = "graph" } = readFields(options, ["host"], "options");
  if (host !== "graph" && host !== "api") throw inputInvalid("host", "not_one_of", 'must be "graph" or "api"');
  if (!METHODS.includes(method)) throw inputInvalid("method", "not_one_of", "must be GET, POST or DELETE");
  const { parts, query } = readPath(path);
  const content = readBody(method, body);
  return (await graphOf(work)).raw(host, {
    method,
    path: parts,
    ...(Object.keys(query).length > 0 && { query }),
    ...(content && { body: content }),
    repeatable: method === "GET",
    ...(method !== "GET" && { lost: "outcome_unknown" as const }),
    read: readAnswer,
  });
}

function readPath(written: unknown): { readonly parts: readonly string[]; readonly query: Readonly<Record<string, string>> } {
  if (typeof written !== "string" || written.trim() === "") throw inputInvalid("path", "required", 'give a path, as in "/<id>/flows"');
  if (/^[a-z][a-z0-9+.-]*:/i.test(written) || written.startsWith("//"))
    throw inputInvalid("path", "absolute_url", "must be a path below Meta's host and version, not a whole address");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  if (/[\\#\u0000-\u0020\u007f]/.test(written)) throw inputInvalid("path", "wrong_form", 'must have no white space, "\\" or "#"');
  const [before = "", ...after] = written.split("?");
  const parts = before.replace(/^\//, "").split("/").map(decoded);
  if (parts.some((part) => part === "." || part === "..")) throw inputInvalid("path", "leaves_the_path", 'must have no "." or ".." in it');
  if (parts.includes("")) throw inputInvalid("path", "wrong_form", "must have no empty part");
  if (parts.some((part) => /[/\\]/.test(part))) throw inputInvalid("path", "leaves_the_path", "must have no slash within a part");
  if (/^v\d+\.\d+$/.test(parts[0] ?? ""))
    throw inputInvalid("path", "version_given", "must leave the version out: the setting graphVersion is it");
  const query = new URLSearchParams(after.join("?"));
  for (const name of CREDENTIALS) if (query.has(name)) throw credential("path", name);
  return { parts, query: Object.fromEntries(query) };
}

function readBody(method: RawMethod, body: Readonly<Record<string, unknown>> | undefined): Wire | undefined {
  if (body === undefined) return undefined;
  if (asRecord(body) === undefined) throw inputInvalid("body", "not_an_object", "must be an object");
  if (method === "GET") throw inputInvalid("body", "conflicts", "has no place in a GET; put it into the path as a query");
  for (const name of CREDENTIALS) if (Object.hasOwn(body, name)) throw credential("body", name);
  return body;
}

function credential(field: string, name: string): Error {
  return inputInvalid(field, "credential_given", `must not hold ${name}: the connection's own token is sent, in a header`);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw inputInvalid("path", "wrong_form", "has a % that begins nothing");
  }
}

function readAnswer(text: string): Wire | undefined {
  try {
    const value = parseJson(text);
    return asRecord(value) ?? { data: value };
  } catch {
    return undefined;
  }
}
