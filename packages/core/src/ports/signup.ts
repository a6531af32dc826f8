import type { ChannelContext } from "./context.ts";

/** A number that a signup found. */
export interface SignupNumber {
  /** The vendor's id. */
  readonly id: string;
  /** What a person knows it by. */
  readonly label: string;
  /** E.164 with the plus. */
  readonly phone?: string;
  /** Whether a connection has it already: one of this workspace (`here`), or somebody else's. */
  readonly connected?: "here" | "elsewhere";
}

/** How a person wants the dialog to be opened. */
export interface SignupWish {
  /** An address to be sent to, or what a helper in the browser needs; what the channel prefers when absent. */
  readonly door?: SignupOpening["type"];
  /** What is wanted of the vendor's dialog beyond the usual, in the channel's words. */
  readonly features?: readonly string[];
  /** What the dialog shows filled in, in the vendor's words, as plain JSON; anybody in front of it sees and may change it. */
  readonly prefill?: object;
}

/** What an attempt waits for a person to answer. */
export type SignupQuestion =
  | {
      readonly type: "choose_numbers";
      /** Those that the person may choose from. */
      readonly numbers: readonly SignupNumber[];
    }
  | {
      readonly type: "pin";
      /** The number that it is about. */
      readonly number: SignupNumber;
    }
  | {
      readonly type: "verification_code";
      /** The number that it is about. */
      readonly number: SignupNumber;
      /** How the code was sent to the number. */
      readonly sentBy?: "sms" | "voice";
    };

/** What a person answered: ids of offered numbers, a PIN of six digits, the digits of a code that was sent. */
export type SignupAnswer =
  | {
      readonly type: "choose_numbers";
      /** The vendor's ids of the numbers to connect, as the question offered them. */
      readonly numbers: readonly string[];
    }
  | {
      readonly type: "pin";
      /** Six digits. */
      readonly pin: string;
    }
  | {
      readonly type: "verification_code";
      /** The digits as they were sent. */
      readonly code: string;
    };

/** What the vendor's dialog is opened with: an address to go to, or what a helper in the browser needs. Anybody may see it. */
export type SignupOpening =
  | {
      readonly type: "url";
      /** Where the person goes. */
      readonly url: string;
    }
  | {
      readonly type: "helper";
      /** What the helper needs, by its own names. */
      readonly values: Readonly<Record<string, string>>;
    };

/** One check of a signup, newest state of its name. */
export interface SignupCheck {
  /** Which check, by the channel's name for it. */
  readonly name: string;
  /** Where it stands. */
  readonly state: "running" | "passed" | "failed";
  /** What was found, in a sentence. */
  readonly detail?: string;
}

/** What a channel has while it takes one step of a signup. */
export interface SignupContext<Settings> extends ChannelContext<Settings> {
  /** The tenant whose user signs up. */
  readonly workspaceId: string;
  /** Keeps the check with the attempt, so that any process can show it. */
  readonly check: (check: SignupCheck) => Promise<void>;
  /**
   * Keeps, from within a step, what the next call is to be handed. From then on the attempt needs no code: where this step fails, `goOn` is asked to go on from
   * what was kept last. Kept before a question is answered, the question no longer stands.
   */
  readonly keep: (kept: unknown) => Promise<void>;
  /** Who has a route: a connection of this workspace, or somebody else's. */
  readonly holderOf: (route: string) => Promise<SignupNumber["connected"]>;
}

/** What a channel has while a dialog is opened. */
export interface SignupBeginContext<Settings> extends SignupContext<Settings> {
  /** How the person wants it opened. */
  readonly wish: SignupWish;
}

/** What a channel has when a dialog has ended. */
export interface SignupFinishContext<Settings> extends SignupContext<Settings> {
  /** What a helper in the browser says that the dialog told it: a person may write anything there, so it picks among what the vendor confirms. */
  readonly told: Readonly<Record<string, string>>;
}

/** How an attempt goes on: with a question, or with what each chosen number is connected with. */
export type SignupTurn<Input> =
  | {
      /** What a person is asked. */
      readonly question: SignupQuestion;
      /** What the next call is handed: plain JSON. */
      readonly kept: unknown;
    }
  | {
      /** The chosen numbers, each with the input of its connect. */
      readonly connect: readonly (SignupNumber & { readonly input: Input })[];
    };

/**
 * Connecting numbers by a dialog of the vendor's. The channel holds nothing between two calls: what it needs again it hands over as `kept`, plain JSON that core
 * seals, and which the next call may find in another process, written by another version. A rejection leaves the attempt where it stood.
 */
export interface ChannelSignup<Input, Settings> {
  /** Whether the settings have what the dialog is opened with; absent where it needs nothing of them. */
  ready?(settings: Settings): boolean;
  /** `state` is to come back with the code: a text that counts once, for this attempt alone. */
  begin(state: string, context: SignupBeginContext<Settings>): Promise<{ readonly opening: SignupOpening; readonly kept: unknown }>;
  /** The code that the dialog ended with. */
  finish(code: string, kept: unknown, context: SignupFinishContext<Settings>): Promise<SignupTurn<Input>>;
  /** Goes on from what a step that failed has kept; absent where none keeps anything. */
  goOn?(kept: unknown, context: SignupContext<Settings>): Promise<SignupTurn<Input>>;
  /** An answer to the question that stands, its form checked. */
  resume(answer: SignupAnswer, question: SignupQuestion, kept: unknown, context: SignupContext<Settings>): Promise<SignupTurn<Input>>;
  /**
   * What is left to do for a number once its connection stands; absent where that is nothing. May be called again for one that it was done for, and for one
   * that it failed for. A rejection leaves the number connected. `keep` of this context keeps for the number alone: it is handed over as `kept` when this is called again.
   */
  connected?(number: SignupNumber & { readonly input: Input; readonly kept?: unknown }, context: SignupContext<Settings>): Promise<void>;
  /** Gives back what an attempt that is cancelled holds at the vendor; absent where that is nothing. */
  cancel?(kept: unknown, context: SignupContext<Settings>): Promise<void>;
}
