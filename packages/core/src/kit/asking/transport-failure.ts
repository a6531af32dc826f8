import { WadeskError } from "../../errors/wadesk-error.ts";

/** What it means that no answer came: nothing has happened, or a message may have gone out. */
export type Lost = "provider_unavailable" | "outcome_unknown";

/** Failures before a request can have left: the address was not found, or nobody took the connection or its certificate. */
const NEVER_LEFT: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "UND_ERR_CONNECT_TIMEOUT",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  // Bun's names
  "ConnectionRefused",
  "FailedToOpenSocket",
]);

/** Failures that Linux also gives on a connection that stands; only while connecting do they mean that nothing left. */
const NEVER_LEFT_WHILE_CONNECTING: ReadonlySet<string> = new Set(["EHOSTUNREACH", "ENETUNREACH", "ETIMEDOUT"]);

/** The code of a failed connection, wherever in the chain of causes it stands. */
function connectionFailure(error: unknown): { readonly code: string; readonly syscall: unknown } | undefined {
  let current: unknown = error;
  for (let depth = 0; depth < 5 && typeof current === "object" && current !== null; depth++) {
    const { code, cause, syscall } = current as { code?: unknown; cause?: unknown; syscall?: unknown };
    if (typeof code === "string") return { code, syscall };
    current = cause;
  }
  return undefined;
}

function neverLeft(error: unknown): boolean {
  const failure = connectionFailure(error);
  if (failure === undefined) return false;
  return NEVER_LEFT.has(failure.code) || (failure.syscall === "connect" && NEVER_LEFT_WHILE_CONNECTING.has(failure.code));
}

/**
 * Our error for a request that got no answer: `provider_unavailable` when it surely never left, else `lost`. It holds the reason and nothing of the
 * request: an HTTP client's own error carries it, and with it the token.
 */
export function lostError(vendor: string, error: unknown, lost: Lost): WadeskError {
  const reason = connectionFailure(error)?.code ?? (error instanceof Error ? error.name : "unknown failure");
  return transportError(vendor, neverLeft(error) ? "provider_unavailable" : lost, reason);
}

/** Our error for a request without a usable answer of the vendor's. */
export function transportError(vendor: string, code: Lost, reason: string): WadeskError {
  return new WadeskError(code, { detail: reason, vendor: { vendor }, cause: new Error(reason) });
}

/**
 * Whether an answer without the vendor's own error leaves open what was done: with a 5xx or 408 something between us answered, and the vendor may have
 * done its part.
 */
export function leavesOpen(status: number): boolean {
  return status >= 500 || status === 408;
}
