import type { FileAnswer } from "../../stage/file-faults.ts";
import type { AccountState, TwilioState } from "../state.ts";
import type { ApiRequest } from "./api-request.ts";

/** A call that was let in, as an operation gets it. */
export interface Call {
  readonly state: TwilioState;
  readonly request: ApiRequest;
  /** The account that the path names, or the caller's own. */
  readonly account: AccountState;
  /** What stands in the places of the path, e.g. `MessageSid`. */
  readonly places: Readonly<Record<string, string>>;
  /** Runs once the answer is on its way. */
  readonly afterAnswer: (work: () => void) => void;
}

/** What an operation answers: JSON, or bytes, or nothing. */
export interface ApiAnswer extends FileAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** An operation. */
export type Operation = (call: Call) => ApiAnswer | Promise<ApiAnswer>;
