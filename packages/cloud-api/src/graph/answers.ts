import type { WadeskError } from "@wadesk/core";
import { parseJson } from "@wadesk/core/ports";
import { type MetaError, readMetaError, toWadeskError } from "../errors/meta-error.ts";
import { asList, asNumber, asRecord, type Wire } from "../wire/wire.ts";

/** An answer that is no success: its status, its headers and what its body held. */
export interface Refusal {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON, or text where it is none. */
  readonly body: unknown;
}

/** The error that Meta wrapped in its answer; nothing where the answer is not Meta's own, e.g. a proxy's page. */
export function readEnvelope({ status, body }: Refusal): MetaError | undefined {
  const error = asRecord(asRecord(parsed(body))?.error);
  return error && { ...readMetaError(error), httpStatus: status };
}

/** Whether an answer is Meta's envelope of an error, whatever its status. */
export function carriesError(answer: Wire | undefined): answer is Wire {
  return asRecord(answer?.error) !== undefined;
}

/** Meta's refusal as our error, with the wait that its headers name. */
export function refusalError(error: MetaError, headers: Headers, secrets: readonly string[]): WadeskError {
  const wait = waitOf(headers);
  return toWadeskError(error, { secrets, ...(wait !== undefined && { retryAfterMs: wait }) });
}

/** JSON parsed, or the value as it is. Graph has answered JSON under other content types. */
function parsed(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return parseJson(value);
  } catch {
    return value;
  }
}

const MINUTE = 60_000;
// a timer takes no longer wait, and one that is given more goes off at once
const LONGEST_WAIT = 2_147_483_647;

/**
 * How long to wait, in milliseconds, by `Retry-After` in seconds, else by the minutes until access is regained in
 * `x-business-use-case-usage`.
 */
export function waitOf(headers: Headers): number | undefined {
  const seconds = asNumber(headers.get("retry-after") ?? undefined);
  if (seconds !== undefined && seconds >= 0) return Math.min(Math.ceil(seconds * 1000), LONGEST_WAIT);
  const usage = asRecord(parsed(headers.get("x-business-use-case-usage") ?? ""));
  const minutes = Object.values(usage ?? {})
    .flatMap((uses) => asList(uses))
    .map((use) => asNumber(asRecord(use)?.estimated_time_to_regain_access) ?? 0);
  const longest = Math.max(0, ...minutes);
  return longest > 0 ? Math.min(Math.ceil(longest * MINUTE), LONGEST_WAIT) : undefined;
}

/** The answer's body as an object, or nothing. */
export function readObject(text: string): Wire | undefined {
  return asRecord(parsed(text));
}
