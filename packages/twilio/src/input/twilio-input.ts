import type { TwilioMode } from "../details.ts";

/** What a person types to connect a number, from Twilio's console. */
export interface TwilioInput {
  /** Begins with AC. Blank together with `authToken`: the admin's account, for a number that the admin assigned to this workspace. */
  readonly accountSid?: string;
  /** The account's primary Auth Token, which signs webhooks too. */
  readonly authToken?: string;
  /**
   * The sender's number in E.164. In the sandbox `+14155238886` when blank; with the admin's account, the one number that is assigned to
   * this workspace.
   */
  readonly from?: string;
  /** `sandbox` for Twilio's shared test number, `production` for a sender of your own. */
  readonly mode: TwilioMode;
}
