import { WadeskError } from "@wadesk/core";

/** Failures before a request can have left: the address was not found, or nobody took the connection or its certificate. */
const NEVER_LEFT: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
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

/** The code of a failed connection, wherever in the chain of causes it stands. */
function connectionCode(error: unknown): string | undefined {
  let current: unknown = error;
  for (let depth = 0; depth < 5 && typeof current === "object" && current !== null; depth++) {
    const { code, cause } = current as { code?: unknown; cause?: unknown };
    if (typeof code === "string") return code;
    current = cause;
  }
  return undefined;
}

/** Whether a failed request surely never left. */
export function neverLeft(error: unknown): boolean {
  const code = connectionCode(error);
  return code !== undefined && NEVER_LEFT.has(code);
}

/** Why no answer came, without anything of the request: an HTTP client's own error carries it, and with it the token. */
export function reasonOf(error: unknown): string {
  return connectionCode(error) ?? (error instanceof Error ? error.name : "unknown failure");
}

/** Our error for a request without an answer of Meta's. Its cause is made anew from the reason. */
export function transportError(code: "outcome_unknown" | "provider_unavailable", reason: string): WadeskError {
  return new WadeskError(code, { detail: reason, vendor: { vendor: "meta" }, cause: new Error(reason) });
}
