/** What the person or program that sees an error can do next. */
export type Remedy = "retry" | "reconnect" | "pair-again" | "change-request" | "wait" | "none";

/** One failure: what can be done, the HTTP status that fits, and the sentence a person reads. */
export interface ErrorRow {
  readonly remedy: Remedy;
  readonly httpStatus: number;
  readonly text: string;
}
