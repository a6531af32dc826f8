/**
 * What the person or program that sees an error can do next: `retry` the same call later, `reconnect` with other credentials (after a first `connect`
 * that failed and so left no row: `connect` once more), `pair-again` with a new QR or code, `change-request`, `wait` as long as `retryAfterMs` says where
 * it is given, or `none`, where an operator has to look.
 */
export type Remedy = "retry" | "reconnect" | "pair-again" | "change-request" | "wait" | "none";

/** One failure: what can be done, the HTTP status that fits, and the sentence a person reads. */
export interface ErrorRow {
  /** What can be done next. */
  readonly remedy: Remedy;
  /** The HTTP status that fits where the failure answers a request. */
  readonly httpStatus: number;
  /** The English sentence: what is so, then what to do. */
  readonly text: string;
}
