import type { Problem, WireFailure } from "../../wire/problem.ts";

/** What came of a request: what was asked for, or why not. */
export type Answer<Value> = { readonly value: Value } | { readonly failure: WireFailure };

/** How the handler is reached. Each is asked anew with each request. */
export interface Reach {
  /** Where it is mounted, e.g. `/wadesk`. */
  endpoint(): string;
  /** What the application adds, such as a token. */
  headers(): HeadersInit | Promise<HeadersInit>;
  readonly fetch: typeof globalThis.fetch;
}

/** Requests of the handler; none of them throws. */
export interface Requests {
  read<Value>(path: string): Promise<Answer<Value>>;
  change<Value>(method: "POST" | "PUT" | "PATCH" | "DELETE", path: string, body?: object): Promise<Answer<Value>>;
  /** Opens what does not end, such as the stream of events. */
  open(path: string, signal: AbortSignal): Promise<Answer<Response>>;
}

/** Makes them. */
export function createRequests(reach: Reach): Requests {
  const ask = async (path: string, init: RequestInit): Promise<Answer<Response>> => {
    try {
      const headers = new Headers(await reach.headers());
      headers.set("accept", "application/json, text/event-stream");
      if (init.method !== "GET") headers.set("content-type", "application/json");
      const base = reach.endpoint().replace(/\/+$/, "");
      const response = await reach.fetch(`${base}${path}`, { credentials: "same-origin", ...init, headers });
      return response.ok ? { value: response } : { failure: await failureOf(response) };
    } catch {
      return { failure: UNREACHABLE };
    }
  };
  const read = async <Value>(answer: Answer<Response>): Promise<Answer<Value>> => {
    if ("failure" in answer) return answer;
    if (answer.value.status === 204) return { value: undefined as Value };
    try {
      return { value: (await answer.value.json()) as Value };
    } catch {
      return { failure: UNREACHABLE };
    }
  };
  return {
    read: async (path) => read(await ask(path, { method: "GET" })),
    change: async (method, path, body) => read(await ask(path, { method, ...(body && { body: JSON.stringify(body) }) })),
    open: (path, signal) => ask(path, { method: "GET", signal }),
  };
}

/** What is said where no answer came, or none that can be read. */
export const UNREACHABLE: WireFailure = { code: "unreachable", remedy: "retry", message: "the server did not answer" };

async function failureOf(response: Response): Promise<WireFailure> {
  const problem = (await response.json().catch(() => undefined)) as Problem | undefined;
  // a proxy or a login page may have answered in the handler's place
  if (typeof problem?.error?.code !== "string")
    return { ...UNREACHABLE, code: response.status === 401 ? "not_authorized" : `http_${response.status}` };
  return problem.error;
}
