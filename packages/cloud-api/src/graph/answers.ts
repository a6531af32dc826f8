import type { WadeskError } from "@wadesk/core";
import { parseJson, retryAfterOf, wholeWait } from "@wadesk/core/ports";
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

/**
 * How long to wait, in milliseconds, by `Retry-After` in seconds, else by the minutes until access is regained in
 * `x-business-use-case-usage`.
 */
export function waitOf(headers: Headers): number | undefined {
  const told = retryAfterOf(headers);
  if (told !== undefined) return told;
  const usage = asRecord(parsed(headers.get("x-business-use-case-usage") ?? ""));
  const minutes = Object.values(usage ?? {})
    .flatMap((uses) => asList(uses))
    .map((use) => asNumber(asRecord(use)?.estimated_time_to_regain_access) ?? 0);
  const longest = Math.max(0, ...minutes);
  return longest > 0 ? wholeWait(longest * MINUTE) : undefined;
}
