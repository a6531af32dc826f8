import type { WadeskError } from "@wadesk/core";
import { codeOfStatus, errorRow, vendorError } from "@wadesk/core/ports";
import { TWILIO_ERRORS, type TwilioErrorRow } from "./error-codes.ts";

/** What Twilio says of a failure, in an answer of the API or in a status callback. */
export interface TwilioError {
  readonly code?: number;
  readonly message?: string;
  readonly traceId?: string;
  /** The status of the answer; absent in callbacks. */
  readonly httpStatus?: number;
}

/** Reads a code and a text as they stand on the wire; 0 and blank are none. */
export function readTwilioError(code: unknown, message: unknown): TwilioError {
  const number = typeof code === "string" || typeof code === "number" ? Number(code) : Number.NaN;
  return {
    ...(Number.isSafeInteger(number) && number > 0 && { code: number }),
    ...(typeof message === "string" && message.trim() !== "" && { message: message.trim() }),
  };
}

/** Twilio's error as ours. `retryAfterMs` is the wait that the answer named, which counts over the table's. */
export function toWadeskError(
  error: TwilioError,
  options: { readonly retryAfterMs?: number; readonly secrets?: readonly string[] } = {},
): WadeskError {
  const vendor = {
    vendor: "twilio",
    ...(error.code !== undefined && { code: error.code }),
    ...(error.traceId !== undefined && { traceId: error.traceId }),
    ...(error.message !== undefined && { message: error.message }),
  };
  return vendorError(vendor, rowOf(error), options);
}

function rowOf({ code, httpStatus }: TwilioError): TwilioErrorRow {
  const row = code === undefined ? undefined : TWILIO_ERRORS.get(code);
  return row ?? errorRow(codeOfStatus(httpStatus));
}
