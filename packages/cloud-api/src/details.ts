/** What is known of a connected number. Figures and states are Meta's own words, e.g. `GREEN`, `TIER_1K`, `CONNECTED`. */
export interface CloudApiDetails {
  /** Meta's Phone Number ID, and not the number itself. */
  readonly phoneNumberId: string;
  /** Meta's id of the WhatsApp Business Account. */
  readonly wabaId: string;
  /** Meta's id of the business portfolio that owns the account. */
  readonly businessId?: string;
  /** The app that the token was made for. */
  readonly appId?: string;
  /** Whether the app is the connection's own, given when it was connected; else it is the platform's. */
  readonly ownApp?: true;
  /** The callback URL of an app of its own, for WhatsApp → Configuration of that app; absent where `createWadesk` has no `publicUrl`. */
  readonly callbackUrl?: string;
  /** The name that people see. */
  readonly verifiedName?: string;
  /** The number as Meta shows it. */
  readonly displayPhoneNumber?: string;
  /** How the people who are written to take it: `GREEN`, `YELLOW`, `RED`, or `UNKNOWN`. */
  readonly qualityRating?: string;
  /** How many people may be written to in a day: the portfolio's limit, else the number's own. */
  readonly messagingLimit?: string;
  /** The number's own limit, in the field that Meta is giving up. */
  readonly messagingLimitTier?: string;
  /** Whether the number was verified by a code, e.g. `VERIFIED`. */
  readonly codeVerificationStatus?: string;
  /** How its display name stands, e.g. `APPROVED`. */
  readonly nameStatus?: string;
  /** Of a display name that was asked for since: `APPROVED` counts once the number is registered again. */
  readonly newNameStatus?: string;
  /** Where the number lives, e.g. `CLOUD_API`. */
  readonly platformType?: string;
  /** How Meta has the number, e.g. `CONNECTED`; `status` of the connection says whether it works here. */
  readonly status?: string;
  /** How many messages a second it may carry, e.g. `STANDARD` or `HIGH`. */
  readonly throughput?: string;
  /** `LIVE` or `SANDBOX`. */
  readonly accountMode?: string;
  /** Whether it bears the mark of an official business account. */
  readonly officialBusinessAccount?: boolean;
  /** When the token ends, in milliseconds since the epoch; absent when it never does. */
  readonly tokenExpiresAt?: number;
}

/** What is sealed for a connection. */
export interface CloudApiSecret {
  /** By which Meta is asked. */
  readonly accessToken: string;
  /** The two-step PIN of the number, where it was given or made here. */
  readonly pin?: string;
  /** The connection's own Meta app, where it has one. */
  readonly app?: OwnApp;
}

/** A Meta app that a connection brings along. */
export interface OwnApp {
  readonly id: string;
  /** The App Secrets, with each of which it may sign. */
  readonly secrets: readonly string[];
  /** What Meta repeats when it verifies the app's callback URL. */
  readonly verifyToken: string;
}
