/** What is known of a connected number. Figures and states are Meta's own words, e.g. `GREEN`, `TIER_1K`, `CONNECTED`. */
export interface CloudApiDetails {
  readonly phoneNumberId: string;
  readonly wabaId: string;
  readonly businessId?: string;
  /** The app that the token was made for. */
  readonly appId?: string;
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
}
