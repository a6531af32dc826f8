/** How Twilio connects to a callback URL: its defaults, or what the URL's fragment says. */
export interface ConnectionOverrides {
  /** How often a failed call is repeated, 0–5. */
  readonly retries: number;
  /** Which failures are repeated. */
  readonly policies: readonly RetryPolicy[];
  /** How long Twilio waits for an answer, in milliseconds. */
  readonly readTimeoutMs: number;
  /** How long all attempts may take together, in milliseconds. */
  readonly totalMs: number;
}

/** What a call may fail by: an answer 4xx or 5xx, no connection, no answer in time. */
export type RetryPolicy = "4xx" | "5xx" | "ct" | "rt";

const POLICIES: readonly RetryPolicy[] = ["4xx", "5xx", "ct", "rt"];

/**
 * Reads the fragment of a callback URL, e.g. `#rc=5&rp=all`. What is out of its range counts for nothing.
 * @see https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides
 */
export function connectionOverrides(url: string): ConnectionOverrides {
  const values = new URLSearchParams(url.split("#")[1] ?? "");
  const named = (values.get("rp") ?? "ct").split(",").map((name) => name.trim());
  return {
    retries: within(values.get("rc"), 0, 5) ?? 1,
    policies: named.includes("all") ? POLICIES : POLICIES.filter((policy) => named.includes(policy)),
    readTimeoutMs: within(values.get("rt"), 100, 15_000) ?? 15_000,
    totalMs: within(values.get("tt"), 100, 15_000) ?? 15_000,
  };
}

/** The URL as it travels and is signed: without the fragment. */
export function calledUrl(url: string): string {
  return url.split("#")[0] ?? "";
}

function within(written: string | null, least: number, most: number): number | undefined {
  const value = written !== null && /^\d+$/.test(written) ? Number(written) : Number.NaN;
  return value >= least && value <= most ? value : undefined;
}
