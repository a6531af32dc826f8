import type { WadeskError } from "@wadesk/core";
import { type Answer, type Lost, leavesOpen, readObject, retryAfterOf, transportError } from "@wadesk/core/ports";
import { readTwilioError, toWadeskError } from "../errors/twilio-error.ts";

/**
 * A refusal as our error. Without a code of Twilio's a 5xx came from something between us, and Twilio may have done its part: then it
 * means `lost`.
 */
export function refusalError({ status, headers, text }: Answer, lost: Lost, secrets: readonly string[]): WadeskError {
  const body = readObject(text);
  // the newer services answer by RFC 9457, which has a title and a detail
  const error = readTwilioError(body?.code, body?.message ?? body?.detail ?? body?.title);
  if (error.code === undefined && leavesOpen(status)) return transportError("twilio", lost, `HTTP ${status}`);
  const traceId = headers.get("twilio-request-id");
  const wait = retryAfterOf(headers);
  return toWadeskError(
    { message: `HTTP ${status} without an error of Twilio's`, ...error, httpStatus: status, ...(traceId !== null && { traceId }) },
    { secrets, ...(wait !== undefined && { retryAfterMs: wait }) },
  );
}
