import { WadeskError } from "@wadesk/core";

/** What it means that no answer came: by default nothing has happened; a message may have gone out. */
export type Lost = "provider_unavailable" | "outcome_unknown";

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

/** Our error for a request that got no answer. Its cause is made anew, since a stranger's error may carry the request and its token. */
export function lostError(error: unknown, lost: Lost): WadeskError {
  const code = connectionCode(error);
  const neverLeft = code !== undefined && NEVER_LEFT.has(code);
  return transportError(neverLeft ? "provider_unavailable" : lost, code ?? (error instanceof Error ? error.name : "unknown failure"));
}

/** Our error for a request without an answer of Twilio's. */
export function transportError(code: Lost, reason: string): WadeskError {
  return new WadeskError(code, { detail: reason, vendor: { vendor: "twilio" }, cause: new Error(reason) });
}

// wherever in the chain of causes it stands
function connectionCode(error: unknown): string | undefined {
  let current: unknown = error;
  for (let depth = 0; depth < 5 && typeof current === "object" && current !== null; depth++) {
    const { code, cause } = current as { code?: unknown; cause?: unknown };
    if (typeof code === "string") return code;
    current = cause;
  }
  return undefined;
}
