import { type ErrorCode, isWadeskError, type WadeskError } from "@wadesk/core";

const ALLOWED = "GET, POST";

/** A failure as the answer to a request: `{ error: { code, message, remedy } }` with the code's HTTP status. */
export function failureAnswer(error: WadeskError): Response {
  const { code, message, remedy, httpStatus, retryAfterMs } = error;
  const headers = new Headers();
  if (code === "method_not_allowed") headers.set("allow", ALLOWED);
  if (retryAfterMs !== undefined) headers.set("retry-after", String(Math.ceil(retryAfterMs / 1000)));
  return jsonAnswer({ error: { code, message, remedy } }, httpStatus, headers);
}

// with its length, so that it is whole at once for a client that is still sending
function jsonAnswer(value: unknown, status: number, headers: Headers = new Headers()): Response {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  headers.set("content-type", "application/json");
  headers.set("content-length", String(bytes.length));
  return new Response(bytes, { status, headers });
}

/** The answer to what nobody foresaw: a 500 without detail, so that the vendor delivers again and an outsider learns nothing. */
export function internalAnswer(): Response {
  const error = { code: "internal", message: "the webhook could not be handled; the log says why", remedy: "retry" };
  return jsonAnswer({ error }, 500);
}

/** What an outsider may be told: how the webhook was at fault, and that it should come again. Anything else is ours alone. */
const OUTWARD: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "not_found",
  "method_not_allowed",
  "provider_unknown",
  "signature_missing",
  "signature_invalid",
  "secret_missing",
  "body_too_large",
  "body_invalid",
  "webhook_expired",
  "raw_body_missing",
  "verify_token_missing",
  "verify_token_invalid",
  "handler_unfinished",
  "storage_unavailable",
]);

/** The answer to any error; `onInward` sees those that an outsider is told nothing of. */
export function answerTo(error: unknown, onInward: (error: unknown) => void): Response {
  if (isWadeskError(error) && OUTWARD.has(error.code)) return failureAnswer(error);
  onInward(error);
  return internalAnswer();
}

// registered, so that two copies of the package in one process understand each other
const UNMATCHED = Symbol.for("wadesk.unmatched");

/** Marks an answer as "this path is not mine", for mounts that can pass the request on. Nothing of it is visible to the caller. */
export function markUnmatched(response: Response): Response {
  return Object.defineProperty(response, UNMATCHED, { value: true });
}

/** Whether a handler said that the path was not its own. Such a handler has left the request's body unread. */
export function isUnmatched(response: Response): boolean {
  return UNMATCHED in response;
}
