import type { VendorDetail, WadeskError } from "@wadesk/core";
import { codeOfStatus, vendorError, withoutSecrets } from "@wadesk/core/ports";
import { asNumber, asRecord, asText, type Wire } from "../wire/wire.ts";
import { META_ERRORS, type MetaErrorRow } from "./error-codes.ts";
import { waitInWords } from "./wait-in-words.ts";

/** What Meta says of a failure, in an answer of the API or in a webhook. */
export interface MetaError {
  readonly code?: number;
  readonly subcode?: number;
  readonly message?: string;
  readonly traceId?: string;
  readonly transient?: boolean;
  /** The status of the answer; absent in webhooks. */
  readonly httpStatus?: number;
}

/** Reads one error object: `error` of an answer, or an item of `errors` in a webhook. */
export function readMetaError(error: Wire): MetaError {
  const code = asNumber(error.code);
  const subcode = asNumber(error.error_subcode);
  const traceId = asText(error.fbtrace_id);
  const message =
    asText(asRecord(error.error_data)?.details) ?? asText(error.error_user_msg) ?? asText(error.message) ?? asText(error.title);
  return {
    ...(code !== undefined && { code }),
    ...(subcode !== undefined && { subcode }),
    ...(message !== undefined && { message }),
    ...(traceId !== undefined && { traceId }),
    ...(error.is_transient === true && { transient: true }),
  };
}

/** Meta's error as ours. `retryAfterMs` is the wait that the answer's headers named, which counts over its details' and the table's. */
export function toWadeskError(
  error: MetaError,
  options: { readonly retryAfterMs?: number; readonly secrets?: readonly string[] } = {},
): WadeskError {
  const row = rowOf(error);
  const message = error.message === undefined ? undefined : withoutTokens(error.message, options.secrets ?? []);
  const retryAfterMs = options.retryAfterMs ?? (row.waitInDetails === true ? waitInWords(message ?? "") : row.retryAfterMs);
  const vendor: VendorDetail = {
    vendor: "meta",
    ...(error.code !== undefined && { code: error.code }),
    ...(error.subcode !== undefined && { subcode: error.subcode }),
    ...(error.traceId !== undefined && { traceId: error.traceId }),
    ...(message !== undefined && { message }),
  };
  return vendorError(
    vendor,
    { code: row.code, ...(row.fix !== undefined && { fix: row.fix }) },
    retryAfterMs === undefined ? {} : { retryAfterMs },
  );
}

function rowOf({ code, subcode, transient, httpStatus }: MetaError): MetaErrorRow {
  const row = META_ERRORS.get(`${code}/${subcode}`) ?? META_ERRORS.get(`${code}`);
  if (row !== undefined) return row;
  // every code from 200 to 299 is a permission of the Graph API
  if (code !== undefined && code >= 200 && code <= 299) return META_ERRORS.get("200") ?? { code: "scope_missing" };
  if (transient === true) return { code: "provider_unavailable" };
  return { code: codeOfStatus(httpStatus) };
}

const TOKEN = /\bEAA[A-Za-z0-9]{8,}/g;

/** Takes secrets out of a text: Meta repeats a token that it cannot parse. */
function withoutTokens(text: string, secrets: readonly string[]): string {
  return withoutSecrets(text, secrets).replace(TOKEN, "[secret]");
}
