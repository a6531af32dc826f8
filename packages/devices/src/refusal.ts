import type { WadeskError } from "@wadesk/core";
import type { WireFailure } from "./wire/problem.ts";

/** A failure with the HTTP status that it is answered with. */
export interface Refusal {
  readonly status: number;
  readonly error: WireFailure;
  readonly headers?: Readonly<Record<string, string>>;
}

// one row per failure that is the handler's own; what core says has core's codes. Literals only, so that declarations need no inference.
const TABLE = {
  not_found: [404, "none", "there is nothing at this path; /openapi.json below the handler's own path lists what there is"],
  method_not_allowed: [405, "change-request", "this path does not take this method; the header Allow names those that it takes"],
  not_json: [415, "change-request", "nothing was changed: send a change with the header Content-Type: application/json"],
  forged_request: [403, "none", "nothing was changed: this came from a page of another origin; use this application's own page"],
  not_authorized: [401, "none", "nobody is signed in here, or no longer; sign in, and try again"],
  owner_needed: [403, "none", "nothing was changed: only an owner of the workspace may do this; ask one"],
  platform_needed: [403, "none", "nothing was changed: only the platform's operator may do this; ask your admin"],
  body_too_large: [413, "change-request", "nothing was changed: the request is larger than 64 KiB"],
  body_invalid: [400, "change-request", "nothing was changed: the request is no JSON object"],
  body_cut_off: [400, "retry", "nothing was changed: the request ended before it was whole; send it again"],
  body_read_before: [
    500,
    "none",
    "a body parser of the application ran before this handler; mount the handler before it, e.g. before express.json()",
  ],
  too_many_checks: [429, "wait", "nothing was changed: credentials were tried ten times in ten minutes; wait, then try again"],
  too_many_streams: [429, "wait", "this workspace has as many live screens open as it may; refresh every 30 seconds instead"],
  internal: [500, "retry", "this could not be done, and the log says why; try again in a moment"],
} as const;

/** What the handler itself refuses with. */
export type RefusalCode = keyof typeof TABLE;

/** A refusal of the handler's own; `retryAfterMs` says when to try again. */
export function refusal(code: RefusalCode, retryAfterMs?: number, headers?: Readonly<Record<string, string>>): Refusal {
  const [status, remedy, message] = TABLE[code];
  return { status, error: { code, remedy, message, ...(retryAfterMs !== undefined && { retryAfterMs }) }, ...(headers && { headers }) };
}

// who reads 401 signs a person in anew, which is no help against a vendor that says no
const OURS: ReadonlySet<number> = new Set([400, 404, 409, 413, 422, 429, 500, 502, 503]);

/** A failure of core's as an answer: what a vendor refused is 422, since 401 and 403 are about the person who asks. */
export function refusalOf(error: WadeskError): Refusal {
  return { status: OURS.has(error.httpStatus) ? error.httpStatus : 422, error: failureOf(error.toJSON()) };
}

/** A failure without what is the vendor's own sentence: it may repeat what was typed. */
export function failureOf({ code, remedy, message, retryAfterMs, issues, vendor }: ReturnType<WadeskError["toJSON"]>): WireFailure {
  const { vendor: name, code: number, subcode, traceId } = vendor ?? {};
  return {
    code,
    remedy,
    message,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(issues && { issues: issues.map(({ field, code, values, message }) => ({ field, code, ...(values && { values }), message })) }),
    ...(name !== undefined && {
      vendor: {
        vendor: name,
        ...(number !== undefined && { code: number }),
        ...(subcode !== undefined && { subcode }),
        ...(traceId !== undefined && { traceId }),
      },
    }),
  };
}

const QUIET = { "cache-control": "no-store", "referrer-policy": "no-referrer", "x-content-type-options": "nosniff" } as const;

/** A JSON answer that nobody keeps. */
export function answer(value: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Response {
  return Response.json(value, { status, headers: { ...QUIET, ...headers } });
}

/** A refusal as an answer. */
export function refused({ status, error, headers = {} }: Refusal): Response {
  const { retryAfterMs } = error;
  return answer({ error }, status, {
    ...headers,
    ...(retryAfterMs !== undefined && { "retry-after": String(Math.ceil(retryAfterMs / 1000)) }),
  });
}
