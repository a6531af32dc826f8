/** How the inbox tries again. */
export interface RetryPolicy {
  /** After this many the event becomes a dead letter. */
  readonly maxAttempts: number;
  /** The first wait, in milliseconds; each following one doubles. */
  readonly firstDelayMs: number;
  /** No wait is longer, in milliseconds. */
  readonly longestDelayMs: number;
}

/** Eight attempts over about two minutes. */
export const DEFAULT_RETRY: RetryPolicy = { maxAttempts: 8, firstDelayMs: 1000, longestDelayMs: 5 * 60 * 1000 };

/** How long to wait after a failed attempt, in milliseconds. `random` (0 to 1) takes up to half of it off, so that retries spread. */
export function retryDelayMs(attempt: number, random: number, policy: RetryPolicy = DEFAULT_RETRY): number {
  const full = Math.min(policy.firstDelayMs * 2 ** (attempt - 1), policy.longestDelayMs);
  return Math.round(full * (1 - random / 2));
}
