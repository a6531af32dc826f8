import type { ChannelContext } from "./context.ts";

/** A number that a signup found. */
export interface SignupNumber {
  /** The vendor's id. */
  readonly id: string;
  /** What a person knows it by. */
  readonly label: string;
  /** E.164 with the plus. */
  readonly phone?: string;
}

/** What an attempt waits for a person to answer. */
export type SignupQuestion =
  | { readonly type: "choose_numbers"; readonly numbers: readonly SignupNumber[] }
  | { readonly type: "pin"; readonly number: SignupNumber }
  | { readonly type: "verification_code"; readonly number: SignupNumber; readonly sentBy?: "sms" | "voice" };

/** What a person answered: ids of offered numbers, a PIN of six digits, the digits of a code that was sent. */
export type SignupAnswer =
  | { readonly type: "choose_numbers"; readonly numbers: readonly string[] }
  | { readonly type: "pin"; readonly pin: string }
  | { readonly type: "verification_code"; readonly code: string };

/** What the vendor's dialog is opened with: an address to go to, or what a helper in the browser needs. Anybody may see it. */
export type SignupOpening =
  | { readonly type: "url"; readonly url: string }
  | { readonly type: "helper"; readonly values: Readonly<Record<string, string>> };

/** One check of a signup, newest state of its name. */
export interface SignupCheck {
  readonly name: string;
  readonly state: "running" | "passed" | "failed";
  readonly detail?: string;
}

/** What a channel has while it takes one step of a signup. */
export interface SignupContext<Settings> extends ChannelContext<Settings> {
  readonly workspaceId: string;
  /** Keeps the check with the attempt, so that any process can show it. */
  readonly check: (check: SignupCheck) => Promise<void>;
}

/** How an attempt goes on: with a question, or with what each chosen number is connected with. */
export type SignupTurn<Input> =
  | { readonly question: SignupQuestion; readonly kept: unknown }
  | { readonly connect: readonly (SignupNumber & { readonly input: Input })[] };

/**
 * Connecting numbers by a dialog of the vendor's. The channel holds nothing between two calls: what it needs again it hands over as `kept`, plain JSON that core
 * seals, and which the next call may find in another process, written by another version. A rejection leaves the attempt where it stood.
 */
export interface ChannelSignup<Input, Settings> {
  /** `state` is to come back with the code: a text that counts once, for this attempt alone. */
  begin(state: string, context: SignupContext<Settings>): Promise<{ readonly opening: SignupOpening; readonly kept: unknown }>;
  /** The code that the dialog ended with. */
  finish(code: string, kept: unknown, context: SignupContext<Settings>): Promise<SignupTurn<Input>>;
  /** An answer to the question that stands, its form checked. */
  resume(answer: SignupAnswer, question: SignupQuestion, kept: unknown, context: SignupContext<Settings>): Promise<SignupTurn<Input>>;
  /** Gives back what an attempt that is cancelled holds at the vendor; absent where that is nothing. */
  cancel?(kept: unknown, context: SignupContext<Settings>): Promise<void>;
}
