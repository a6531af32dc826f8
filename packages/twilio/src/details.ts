/** Whether a connection is on Twilio's shared test number or on a sender of its own. */
export type TwilioMode = "sandbox" | "production";

/** What is known of a connected number. States and figures are Twilio's own words, e.g. `ONLINE`, `HIGH`. */
export interface TwilioDetails {
  /** On which it is. */
  readonly mode: TwilioMode;
  /** The number, E.164 with the plus. */
  readonly from: string;
  /** Masked for people: `AC12…cdef`. */
  readonly accountSid: string;
  /** Present when account and token are the admin's. */
  readonly inherited?: true;
  /** What the account is called at Twilio. */
  readonly friendlyName?: string;
  /** `Trial` or `Full`. */
  readonly accountType?: string;
  /** Of a production sender. */
  readonly senderSid?: string;
  /** Of a production sender, e.g. `ONLINE`. */
  readonly senderStatus?: string;
  /** The name that WhatsApp shows. */
  readonly profileName?: string;
  /** How the people who are written to take it, e.g. `HIGH`. */
  readonly qualityRating?: string;
  /** How many people may be written to first in a day, e.g. `2K Customers/24hr`. */
  readonly messagingLimit?: string;
}

/** What is sealed for a connection: a token of its own, or that the admin's counts, which is read from the settings at each use. */
export type TwilioSecret =
  | {
      /** The account's primary Auth Token. */
      readonly authToken: string;
    }
  | { readonly inherited: true };
