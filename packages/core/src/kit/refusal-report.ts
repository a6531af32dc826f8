import { isWadeskError } from "../errors/wadesk-error.ts";
import { isFailedReason, type Signal } from "../status/connection-status.ts";

/**
 * What a check reports when the vendor refused it: a connection that has failed. Whatever says nothing of the connection, such as a vendor that cannot
 * be reached, is thrown again.
 */
export function refusalReport(
  error: unknown,
  stamp: { readonly at: number; readonly epoch: number },
): { readonly signals: readonly Signal[] } {
  if (!isWadeskError(error) || !isFailedReason(error.code)) throw error;
  return { signals: [{ ...stamp, type: "failed", code: error.code }] };
}
