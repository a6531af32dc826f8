import type { WadeskError } from "@wadesk/core";
import { parseJson } from "@wadesk/core/ports";
import { readTwilioError, toWadeskError } from "../errors/twilio-error.ts";
import { type Lost, transportError } from "./transport-failure.ts";

/** An answer as it came. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** The answer's JSON object, or nothing. */
export function readObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = parseJson(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * A refusal as our error. Without a code of Twilio's a 5xx came from something between us, and Twilio may have done its part: then it
 * means `lost`.
 */
export function refusalError({ status, headers, text }: Answer, lost: Lost, secrets: readonly string[]): WadeskError {
  const body = readObject(text);
  // the newer services answer by RFC 9457, which has a title and a detail
  const error = readTwilioError(body?.code, body?.message ?? body?.detail ?? body?.title);
  if (error.code === undefined && (status >= 500 || status === 408)) return transportError(lost, `HTTP ${status}`);
  const traceId = headers.get("twilio-request-id");
  const wait = waitOf(headers);
  return toWadeskError(
    { message: `HTTP ${status} without an error of Twilio's`, ...error, httpStatus: status, ...(traceId !== null && { traceId }) },
    { secrets, ...(wait !== undefined && { retryAfterMs: wait }) },
  );
}

// a timer takes no longer wait, and one that is given more goes off at once
const LONGEST_WAIT = 2_147_483_647;

/** How long to wait, in milliseconds, by `Retry-After` in seconds. */
export function waitOf(headers: Headers): number | undefined {
  const text = headers.get("retry-after");
  const seconds = text === null || text.trim() === "" ? Number.NaN : Number(text);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(Math.ceil(seconds * 1000), LONGEST_WAIT) : undefined;
}
