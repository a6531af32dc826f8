import type { ErrorCode, HealthFact } from "@wadesk/core";

const TELLING: readonly ErrorCode[] = ["banned", "temporarily_banned", "locked"];

/**
 * What a failed message says about its connection. Only a ban or a lock speaks for all messages; a token is not judged by a webhook,
 * since the message may have been sent with an older one.
 */
export function healthOfFailure(code: ErrorCode): HealthFact | undefined {
  return TELLING.includes(code) ? { type: "failed", code } : undefined;
}
