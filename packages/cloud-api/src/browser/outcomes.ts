import type { SignupAttempt } from "@wadesk/core";

/** What Meta's dialog told of what was chosen, by Meta's ids; a person may write anything there, so the server picks by it among what Meta confirms. */
export interface SignupTold {
  /** Of the number. */
  readonly phoneNumberId?: string;
  /** Of the WhatsApp Business Account. */
  readonly wabaId?: string;
  /** Of the business portfolio. */
  readonly businessId?: string;
  /** Of the catalog, where one was chosen. */
  readonly catalogId?: string;
}

/** A refusal of the server's: what it was, as a sentence, and what to do. */
export interface SignupRefusal {
  /** One of `ERROR_TABLE`. */
  readonly code: string;
  /** The English sentence. */
  readonly message: string;
  /** What can be done next. */
  readonly remedy?: string;
  /** The fields that were wrong. */
  readonly issues?: readonly { readonly field: string; readonly code: string; readonly message: string }[];
}

/** What stopped a signup, with a sentence for the person in front of it: what is so, then what to do. */
export type SignupStop = {
  /** The English sentence for the person. */
  readonly text: string;
} & (
  | {
      /**
       * `blocked`: the browser opened no window. `no_sdk`: Meta's script was not loaded, or would not open the dialog. `closed`: the window was closed without
       * a word. `expired`: 15 minutes are over. `unanswered`: the answer of the server was lost, and what it has done stands in the attempt.
       */
      readonly outcome: "blocked" | "no_sdk" | "closed" | "expired" | "unanswered";
    }
  /** The person left the dialog; `step` is Meta's name of the screen. */
  | {
      readonly outcome: "cancelled";
      /** The screen that the person left. */
      readonly step?: string;
    }
  /** Meta's dialog showed an error and the person reported it; `sessionId` is what Meta's support asks for. */
  | {
      readonly outcome: "reported";
      /** What the dialog showed. */
      readonly problem: { readonly message: string; readonly code?: string; readonly sessionId?: string };
    }
  /** Meta said that it is done and gave no code. */
  | {
      readonly outcome: "no_code";
      /** What Meta's dialog told. */
      readonly told: SignupTold;
    }
  | {
      readonly outcome: "refused";
      /** What the server said. */
      readonly error: SignupRefusal;
    }
);

/** How a dialog ended. */
export type SignupOutcome =
  | SignupStop
  | {
      /** The server took the code; `attempt` says where it stands. */
      readonly outcome: "finished";
      /** Where it stands. */
      readonly attempt: SignupAttempt;
      /** What Meta's dialog told. */
      readonly told: SignupTold;
      /** When Meta's message came: in time to be sent along, after the code was sent, or not before the server had answered. */
      readonly message: "with_code" | "after_code" | "missing";
    };

const TEXTS = {
  blocked: "The browser blocked Meta's window: allow pop-ups for this page, and try again.",
  no_sdk: "Meta's dialog could not be opened: allow connect.facebook.net, where a blocker stops it, and load the page again.",
  closed: "Meta's window was closed before the end: nothing was connected. Try again.",
  expired: "The dialog was open for longer than 15 minutes: begin again.",
  unanswered: "The connection broke before the answer came: load the page again to see where it stands.",
  cancelled: "You left Meta's dialog before the end: nothing was connected. Try again.",
  no_code: "Meta ended the dialog without a code: this page's domain must stand in the Meta app's allowed domains. Then try again.",
} as const;

/** A stop that has nothing more to say than its sentence. */
export function stop<Name extends keyof typeof TEXTS>(outcome: Name): { readonly outcome: Name; readonly text: string } {
  return { outcome, text: TEXTS[outcome] };
}
