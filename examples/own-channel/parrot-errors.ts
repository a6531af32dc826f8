import type { WadeskError } from "@wadesk/core";
import { codeOfStatus, errorRow, type VendorErrorRow, vendorError } from "@wadesk/core/ports";

const PARROT_ERRORS: ReadonlyMap<string, VendorErrorRow> = new Map([
  ["bad_key", errorRow("credentials_rejected", "paste the API key of the line's own account")],
  ["unknown_line", errorRow("number_mismatch", "check the line's id in Parrot's console")],
  ["line_barred", errorRow("locked", "the line is barred; see Parrot's console")],
  ["not_on_whatsapp", errorRow("recipient_unreachable")],
  ["slow_down", errorRow("rate_limited", undefined, 1000)],
]);

/** What Parrot said of a failure: in an answer, where a status and a wait come with it, or in a webhook. */
export interface ParrotRefusal {
  readonly error: unknown;
  readonly message?: unknown;
  readonly status?: number;
  readonly retryAfterMs?: number | undefined;
}

/** Parrot's refusal as our error. A code that the table does not know goes by the HTTP status. */
export function refusalOf({ error, message, status, retryAfterMs }: ParrotRefusal, secrets: readonly string[] = []): WadeskError {
  const code = typeof error === "string" ? error : undefined;
  const row = PARROT_ERRORS.get(code ?? "") ?? errorRow(codeOfStatus(status));
  const vendor = { vendor: "parrot", ...(code !== undefined && { code }), ...(typeof message === "string" && { message }) };
  return vendorError(vendor, row, { secrets, ...(retryAfterMs !== undefined && { retryAfterMs }) });
}
