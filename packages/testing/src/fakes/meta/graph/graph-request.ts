import { graphError } from "./graph-error.ts";
import type { Fields } from "./rules.ts";
import { isFields } from "./rules.ts";

/** A call as the operations read it. */
export interface GraphRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  /** The path without the version, in parts. */
  readonly path: readonly string[];
  /** Undefined where the path begins with none. */
  readonly version: string | undefined;
  /** What the body says; Graph reads parameters of a GET or DELETE from the query. */
  readonly body: Fields;
  readonly files: ReadonlyMap<string, File>;
  /** The body for the record of exchanges. */
  readonly recorded: unknown;
  /** True where the body claims to be JSON and is not, or is no object. */
  readonly malformed: boolean;
}

/** Reads a request: JSON, urlencoded and multipart, as Graph does. */
export async function readGraphRequest(request: Request): Promise<GraphRequest> {
  const url = new URL(request.url);
  const parts = url.pathname.split("/").filter((part) => part !== "");
  const version = /^v\d+\.\d+$/.test(parts[0] ?? "") ? parts[0] : undefined;
  const path = (version ? parts.slice(1) : parts).map(decode);
  return { method: request.method.toUpperCase(), url, headers: request.headers, path, version, ...(await readBody(request)) };
}

/** Refuses a body that is no JSON object. */
export function refuseMalformed(request: GraphRequest): void {
  if (request.malformed) throw graphError(100, { message: "(#100) The request body must be a valid JSON object." });
}

type Body = Pick<GraphRequest, "body" | "files" | "recorded" | "malformed">;

const NO_FILES: ReadonlyMap<string, File> = new Map();

async function readBody(request: Request): Promise<Body> {
  const type = (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  if (type === "multipart/form-data") return readMultipart(request);
  const raw = await request.text();
  if (raw === "") return { body: {}, files: NO_FILES, recorded: undefined, malformed: false };
  if (type === "application/x-www-form-urlencoded") {
    const fields = Object.fromEntries(new URLSearchParams(raw));
    return { body: mapValues(fields, parameter), files: NO_FILES, recorded: fields, malformed: false };
  }
  // Graph takes parameters from JSON and forms only: what comes under another name is as if it were not there
  if (type !== "application/json") return { body: {}, files: NO_FILES, recorded: raw, malformed: false };
  try {
    const value: unknown = JSON.parse(raw);
    return { body: isFields(value) ? value : {}, files: NO_FILES, recorded: value, malformed: !isFields(value) };
  } catch {
    return { body: {}, files: NO_FILES, recorded: raw, malformed: true };
  }
}

async function readMultipart(request: Request): Promise<Body> {
  const kept = request.clone();
  try {
    const form = await request.formData();
    const fields: Record<string, string> = {};
    const files = new Map<string, File>();
    for (const [name, value] of form) {
      if (typeof value === "string") fields[name] = value;
      else files.set(name, value);
    }
    const shown = Object.fromEntries([...files].map(([name, file]) => [name, { filename: file.name, type: file.type, size: file.size }]));
    return { body: mapValues(fields, parameter), files, recorded: { ...fields, ...shown }, malformed: false };
  } catch {
    return { body: {}, files: NO_FILES, recorded: await kept.text(), malformed: true };
  }
}

// in a form Graph takes objects and arrays as JSON text
function parameter(value: string): unknown {
  if (!/^[[{]|^(true|false)$/.test(value.trim())) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function mapValues(fields: Readonly<Record<string, string>>, change: (value: string) => unknown): Fields {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, change(value)]));
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
