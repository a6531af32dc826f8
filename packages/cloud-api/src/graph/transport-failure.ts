import { WadeskError } from "@wadesk/core";

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

/** Whether a failed request surely never left. */
export function neverLeft(error: unknown): boolean {
  const failure = connectionFailure(error);
  if (failure === undefined) return false;
  return NEVER_LEFT.has(failure.code) || (failure.syscall === "connect" && NEVER_LEFT_WHILE_CONNECTING.has(failure.code));
}

/** Why no answer came, without anything of the request: an HTTP client's own error carries it, and with it the token. */
export function reasonOf(error: unknown): string {
  return connectionFailure(error)?.code ?? (error instanceof Error ? error.name : "unknown failure");
}

/** Our error for a request without an answer of Meta's. Its cause is made anew from the reason. */
export function transportError(code: "outcome_unknown" | "provider_unavailable", reason: string): WadeskError {
  return new WadeskError(code, { detail: reason, vendor: { vendor: "meta" }, cause: new Error(reason) });
}
