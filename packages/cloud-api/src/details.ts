/** What is known of a connected number. Figures and states are Meta's own words, e.g. `GREEN`, `TIER_1K`, `CONNECTED`. */
export interface CloudApiDetails {
  readonly phoneNumberId: string;
  readonly wabaId: string;
  readonly businessId?: string;
  /** The app that the token was made for. */
  readonly appId?: string;
  /** Whether the app is the connection's own, given when it was connected; else it is the platform's. */
  readonly ownApp?: true;
  /** The callback URL of an app of its own, for WhatsApp → Configuration of that app; absent where `createWadesk` has no `publicUrl`. */
  readonly callbackUrl?: string;
  readonly verifiedName?: string;
  /** The number as Meta shows it. */
  readonly displayPhoneNumber?: string;
  readonly qualityRating?: string;
  /** How many people may be written to in a day: the portfolio's limit, else the number's own. */
  readonly messagingLimit?: string;
  /** The number's own limit, in the field that Meta is giving up. */
  readonly messagingLimitTier?: string;
  readonly codeVerificationStatus?: string;
  readonly nameStatus?: string;
  /** Of a display name that was asked for since: `APPROVED` counts once the number is registered again. */
  readonly newNameStatus?: string;
  /** Where the number lives, e.g. `CLOUD_API`. */
  readonly platformType?: string;
  readonly status?: string;
  readonly throughput?: string;
  readonly accountMode?: string;
  readonly officialBusinessAccount?: boolean;
  /** When the token ends, in milliseconds since the epoch; absent when it never does. */
  readonly tokenExpiresAt?: number;
}

/** What is sealed for a connection. */
export interface CloudApiSecret {
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
