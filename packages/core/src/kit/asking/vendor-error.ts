import type { ErrorCode } from "../../errors/error-table.ts";
import { type VendorDetail, WadeskError } from "../../errors/wadesk-error.ts";

/** What one of a vendor's codes means to us: our code, how long to wait at least, and what exactly to do where our text says too little. */
export interface VendorErrorRow {
  /** What it means in our words. */
  readonly code: ErrorCode;
  /** Milliseconds. */
  readonly retryAfterMs?: number;
  /** What to do, where our sentence says too little. */
  readonly fix?: string;
}

/** A row of a vendor's table of errors. */
export function errorRow(code: ErrorCode, fix?: string, retryAfterMs?: number): VendorErrorRow {
  return { code, ...(fix !== undefined && { fix }), ...(retryAfterMs !== undefined && { retryAfterMs }) };
}

/** What a refusal means by its HTTP status alone, where the table has no row for it; `provider_refused` without a status, as in webhooks. */
export function codeOfStatus(status: number | undefined): ErrorCode {
  if (status === 401) return "credentials_rejected";
  if (status === 429) return "rate_limited";
  return status !== undefined && status >= 500 ? "provider_unavailable" : "provider_refused";
}

/**
 * A vendor's refusal as our error: the row's fix and the vendor's own words as its detail, in which secrets are covered. `retryAfterMs` is the wait that
 * the answer named, which counts over the row's.
 */
export function vendorError(
  vendor: VendorDetail,
  row: VendorErrorRow,
  options: { readonly retryAfterMs?: number; readonly secrets?: readonly string[] } = {},
): WadeskError {
  const message = vendor.message === undefined ? undefined : withoutSecrets(vendor.message, options.secrets ?? []);
  const detail = [row.fix, message].filter((part) => part !== undefined).join("; ");
  const retryAfterMs = options.retryAfterMs ?? row.retryAfterMs;
  return new WadeskError(row.code, {
    ...(detail !== "" && { detail }),
    vendor: { ...vendor, ...(message !== undefined && { message }) },
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

/** Covers secrets in a text: vendors repeat what they could not read. One of three characters or fewer is left, since it would be everywhere. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.filter((secret) => secret.length > 3).reduce((left, secret) => left.replaceAll(secret, "[secret]"), text);
}
