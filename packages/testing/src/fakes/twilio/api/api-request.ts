/** The parameters of a form, each with its values in order; Twilio takes some of them several times. */
export type Parameters = ReadonlyMap<string, readonly string[]>;

/** A call as the operations read it. */
export interface ApiRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  /** Of a form; empty where the body is none. */
  readonly form: Parameters;
  /** Parsed JSON of a body that says it is JSON; `undefined` where it is none or cannot be read. */
  readonly json: unknown;
  /** The body for the record of exchanges: a form's fields, repeated ones as a list. */
  readonly recorded: unknown;
}

/** Reads a request: forms and JSON. A body under another name is as if it were not there. */
export async function readApiRequest(request: Request): Promise<ApiRequest> {
  const url = new URL(request.url);
  const raw = await request.text();
  const type = (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  const plain = { method: request.method.toUpperCase(), url, headers: request.headers };
  if (type === "application/x-www-form-urlencoded") {
    const form = grouped(new URLSearchParams(raw));
    return { ...plain, form, json: undefined, recorded: raw === "" ? undefined : fieldsOf(form) };
  }
  const json = type === "application/json" ? parsed(raw) : undefined;
  return { ...plain, form: new Map(), json, recorded: raw === "" ? undefined : (json ?? raw) };
}

/** The first value of a parameter that is not empty. Twilio takes an empty parameter for an absent one. */
export function parameter(form: Parameters, name: string): string | undefined {
  return form.get(name)?.find((value) => value !== "");
}

/** Groups repeated names. */
export function grouped(pairs: Iterable<readonly [string, string]>): Parameters {
  const values = new Map<string, string[]>();
  for (const [name, value] of pairs) values.set(name, [...(values.get(name) ?? []), value]);
  return values;
}

function fieldsOf(form: Parameters): Record<string, unknown> {
  return Object.fromEntries([...form].map(([name, values]) => [name, values.length === 1 ? values[0] : values]));
}

function parsed(raw: string): unknown {
  try {
    return JSON.parse(raw) as unknown;
  } catch {
    return undefined;
  }
}
