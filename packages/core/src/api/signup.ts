import type { FailureData } from "../errors/wadesk-error.ts";
import type { ConnectionFacts } from "../model/connection.ts";
import type { SignupAnswer, SignupCheck, SignupNumber, SignupOpening, SignupQuestion, SignupWish } from "../ports/signup.ts";

/** What became of one chosen number. */
export interface SignupResult extends SignupNumber {
  /** `waiting` until it is its turn to be connected. */
  readonly state: "waiting" | "connected" | "failed";
  /** The connection that it became, or is becoming. */
  readonly connectionId?: string;
  /** Why it is not connected; of one that is, why what was left to do for it could not be done. */
  readonly failure?: FailureData;
  /** How much of its past has come, in percent, of a number that lives in a phone app too; `declined` where its owner shares none. Read anew each time. */
  readonly historyProgress?: ConnectionFacts["historyProgress"];
}

/** Where an attempt stands. It is kept for 24 hours from its begin, whatever became of it. */
export interface SignupAttempt {
  /** By which `resume`, `read` and `cancel` know it. */
  readonly id: string;
  /** The channel's kind. */
  readonly kind: string;
  /** Waiting for the dialog's code, for an answer, at work for the vendor, connecting the numbers, or through with all of them. */
  readonly at: "code" | "question" | "working" | "connecting" | "done";
  /** What a person is asked now, where `at` is `question`. */
  readonly question?: SignupQuestion;
  /** What was looked at so far, each by its newest state. */
  readonly checks: readonly SignupCheck[];
  /** The chosen numbers, and what became of each. */
  readonly numbers: readonly SignupResult[];
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** When it is forgotten, in milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** Who signs up. An attempt is theirs alone. */
export interface SignupUser {
  /** The host's id of the person, opaque to WaDesk. */
  readonly userId: string;
}

/**
 * Connects numbers by a dialog of the vendor's, for one user of one workspace. Each call may come to another process. An attempt of another user or
 * workspace, and one that has ended, is answered as one that never was: `signup_not_found`.
 */
export interface Signup {
  /** What to open the dialog with, and the `state` by which the code comes back, within 15 minutes. */
  begin(wish?: SignupWish): Promise<SignupAttempt & { readonly opening: SignupOpening; readonly state: string }>;
  /**
   * Takes the code that the dialog ended with, and what a helper in the browser was told beside it. Once one was taken, a repeat answers where the attempt stands and looks at no code. Rejects with what the vendor
   * refused; the attempt then still waits, or goes on by `resume` where it stands at `working`.
   */
  finish(state: string, code: string, told?: Readonly<Record<string, string>>): Promise<SignupAttempt>;
  /**
   * Answers the question that stands. Without an answer it goes on where a step has failed, and with the numbers that are not connected, those that failed among
   * them. Rejects with
   * `signup_out_of_turn` for an answer that nothing asks for, and with `input_invalid`.
   */
  resume(id: string, answer?: SignupAnswer): Promise<SignupAttempt>;
  /** Where the attempt stands. Changes nothing. */
  read(id: string): Promise<SignupAttempt>;
  /** Forgets the attempt. Numbers that it has connected stay. */
  cancel(id: string): Promise<void>;
}
