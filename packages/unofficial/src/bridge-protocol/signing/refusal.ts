/** Why a request is not believed. `body_too_large` and what follows it is found only in one whose sender is known. */
export type RefusalCode =
  | "signature_missing"
  | "version_unknown"
  | "signature_invalid"
  | "too_old"
  | "body_too_large"
  | "body_changed"
  | "body_invalid"
  | "id_reused"
  | "call_unknown";

/** A request that is not believed: nothing was changed by it. */
export interface Refusal {
  readonly code: RefusalCode;
  /** The HTTP status of the answer. */
  readonly status: number;
  /** What is so, and what to do. Holds no secret. */
  readonly message: string;
}

/** The HTTP status of each. */
export const STATUSES: Readonly<Record<RefusalCode, number>> = {
  signature_missing: 401,
  version_unknown: 400,
  signature_invalid: 401,
  too_old: 401,
  body_too_large: 413,
  body_changed: 400,
  body_invalid: 400,
  id_reused: 409,
  call_unknown: 404,
};

/** Makes one. */
export function refusal(code: RefusalCode, message: string): Refusal {
  return { code, status: STATUSES[code], message };
}
