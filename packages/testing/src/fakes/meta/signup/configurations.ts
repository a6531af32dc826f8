/** A configuration of Facebook Login for Business, by which an app opens the dialog of Embedded Signup. */
export interface Configuration {
  readonly id: string;
  /** For how long the tokens are good that it gives, in milliseconds; for ever when absent. */
  readonly tokenLifeMs?: number;
  /** Whether its tokens name no accounts: then Meta tells them by the business alone. */
  readonly unnamedAccounts?: true;
}

/** What a code of the dialog stands for. */
export interface CodeState {
  readonly appId: string;
  /** What the dialog was opened with; undefined where a script opened it, and then the exchange must name none. */
  readonly redirectUri: string | undefined;
  /** What the person let the app use, the newest account first. */
  readonly wabaIds: readonly string[];
  /** Which the person chose beside, of the business's. */
  readonly catalogIds: readonly string[];
  readonly configuration: Configuration;
  /** Milliseconds since the epoch. */
  readonly madeAt: number;
  used: boolean;
}

/** How long a code lives, in milliseconds (Meta, "Embedded Signup: implementation"). */
export const CODE_LIFE_MS = 30_000;

/** What `featureType` of the extras is where a number of the WhatsApp Business app is connected. */
export const COEXISTENCE = "whatsapp_business_app_onboarding";
