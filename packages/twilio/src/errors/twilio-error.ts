import { type ErrorCode, type VendorDetail, WadeskError } from "@wadesk/core";
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
  const row = rowOf(error);
  const message = error.message === undefined ? undefined : withoutSecrets(error.message, options.secrets ?? []);
  const detail = [row.fix, message].filter((part) => part !== undefined).join("; ");
  const retryAfterMs = options.retryAfterMs ?? row.retryAfterMs;
  const vendor: VendorDetail = {
    vendor: "twilio",
    ...(error.code !== undefined && { code: error.code }),
    ...(error.traceId !== undefined && { traceId: error.traceId }),
    ...(message !== undefined && { message }),
  };
  return new WadeskError(row.code, { ...(detail !== "" && { detail }), vendor, ...(retryAfterMs !== undefined && { retryAfterMs }) });
}

function rowOf({ code, httpStatus }: TwilioError): TwilioErrorRow {
  const row = code === undefined ? undefined : TWILIO_ERRORS.get(code);
  return row ?? { code: httpStatus === undefined ? "provider_refused" : codeOfStatus(httpStatus) };
}

function codeOfStatus(status: number): ErrorCode {
  if (status === 401) return "credentials_rejected";
  if (status === 429) return "rate_limited";
  return status >= 500 ? "provider_unavailable" : "provider_refused";
}

function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.filter((secret) => secret.length > 3).reduce((left, secret) => left.replaceAll(secret, "[secret]"), text);
}
