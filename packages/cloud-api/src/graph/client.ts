import { WadeskError } from "@wadesk/core";
import { type Lost, leavesOpen, lostError, readObject, transportError } from "@wadesk/core/ports";
import type { Wire } from "../wire/wire.ts";
import { carriesError, readEnvelope, refusalError, waitOf } from "./answers.ts";

/** Where and how Meta is called. */
export interface GraphOptions {
  /** Without a slash at its end. */
  readonly url: string;
  /** E.g. `v23.0`. */
  readonly version: string;
  readonly fetch: typeof fetch;
  /** Milliseconds that one attempt may take. */
  readonly timeoutMs: number;
  /** Milliseconds before the first repetition; each further one waits twice as long. */
  readonly retryDelayMs: number;
  readonly signal?: AbortSignal;
  /** Told the headers of every answer. */
  readonly onAnswer?: (headers: Headers) => void;
}

/** One call. */
export interface GraphRequest {
  readonly method: "GET" | "POST" | "DELETE";
  /** Ids and names below the version. */
  readonly path: readonly string[];
  /** Absent where the app proves itself in the query. */
  readonly token?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Wire;
  /** Whether doing it twice is the same as once; only then is it repeated when no answer came. `unsent`: only where it never left. */
  readonly repeatable: boolean | "unsent";
  /** Reads an answer that need not be an object. */
  readonly read?: (text: string) => Wire | undefined;
  /** What it means that no answer came: by default nothing has happened. */
  readonly lost?: "outcome_unknown";
  /** Further secrets that no error may repeat. The token is one always. */
  readonly secrets?: readonly string[];
}

const REPETITIONS = 2;
// what is worth waiting for within one call; the caller is told of anything longer
const PATIENCE_MS = 2000;

/**
 * Calls the Graph API and answers the object it gave. Rejects with Meta's refusal as our error; with `provider_unavailable` when nothing
 * was done; with the request's `lost` when it may have been done though no answer came.
 */
export async function callGraph(options: GraphOptions, request: GraphRequest): Promise<Wire> {
  if (options.signal?.aborted) throw new WadeskError("provider_unavailable", { detail: "stopped before the request was made" });
  const secrets = [...(request.token === undefined ? [] : [request.token]), ...(request.secrets ?? [])];
  const lost = request.lost ?? "provider_unavailable";
  const { default: ky, isHTTPError } = await import("ky");
  let answer: Wire | undefined;
  try {
    await ky(addressOf(options, request), {
      method: request.method,
      headers: { ...(request.token !== undefined && { authorization: `Bearer ${request.token}` }), accept: "application/json" },
      ...(request.body && { json: request.body }),
      fetch: async (input, init) => {
        const response = await options.fetch(input, init);
        options.onAnswer?.(response.headers);
        if (!response.ok) return response;
        answer = (request.read ?? readObject)(await response.text());
        return carriesError(answer) ? refusalIn(answer, response) : new Response();
      },
      timeout: options.timeoutMs,
      // a redirect would carry the token elsewhere
      redirect: "manual",
      ...(options.signal && { signal: options.signal }),
      retry: {
        limit: request.repeatable === false ? 0 : REPETITIONS,
        methods: ["get", "post", "delete"],
        delay: (attempt) => options.retryDelayMs * 2 ** (attempt - 1),
        shouldRetry: ({ error }) => (request.repeatable === "unsent" ? neverLeft(error, isHTTPError) : worthRepeating(error, isHTTPError)),
      },
    });
  } catch (error) {
    throw isHTTPError(error) ? answerError(error.response, error.data, secrets, lost) : lostError("meta", error, lost);
  }
  if (answer === undefined) throw transportError("meta", lost, "the answer is not JSON");
  return answer;
}

function addressOf({ url, version }: GraphOptions, { path, query }: GraphRequest): string {
  const address = `${url}/${version}/${path.map(encodeURIComponent).join("/")}`;
  return query === undefined ? address : `${address}?${new URLSearchParams(query)}`;
}

// Graph has said 200 of an error; as a refusal it is read, told and repeated like any other
function refusalIn(answer: Wire, { headers }: Response): Response {
  return Response.json(answer, { status: 400, headers });
}

/** An answer that is no success as our error; `lost` where something between us and Meta gave it. */
export function answerError(
  response: Pick<Response, "status" | "headers">,
  body: unknown,
  secrets: readonly string[],
  lost: Lost,
): WadeskError {
  const { status, headers } = response;
  const error = readEnvelope({ status, headers, body });
  if (error !== undefined) return refusalError(error, headers, secrets);
  // without Meta's envelope something between us answered, and Meta may have done its part
  if (leavesOpen(status)) return transportError("meta", lost, `HTTP ${status}`);
  return refusalError({ httpStatus: status, message: `HTTP ${status} without an error of Meta's` }, headers, secrets);
}

function worthRepeating(error: unknown, isHTTPError: (error: unknown) => error is { response: Response; data: unknown } & Error): boolean {
  if (!isHTTPError(error)) return !isAbort(error);
  const { status, headers } = error.response;
  const envelope = readEnvelope({ status, headers, body: error.data });
  if (envelope === undefined) return leavesOpen(status);
  const { code } = refusalError(envelope, headers, []);
  return code === "provider_unavailable" || (code === "rate_limited" && (waitOf(headers) ?? Number.POSITIVE_INFINITY) <= PATIENCE_MS);
}

function neverLeft(error: unknown, isHTTPError: (error: unknown) => boolean): boolean {
  return !isHTTPError(error) && lostError("meta", error, "outcome_unknown").code === "provider_unavailable";
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}
