import type { BusinessProfile, ProfileChange } from "./profile.ts";
import type { RawAnswer, RawMethod, RawOptions } from "./raw.ts";

/** How a verification code is sent. */
export interface CodeRequest {
  /** `sms` when absent; `voice` is a call that speaks it. */
  readonly by?: "sms" | "voice";
  /** In which language, e.g. `pt_BR`; `en_US` when absent. */
  readonly language?: string;
}

/** How a number is registered. */
export interface Registration {
  /** Six digits: the PIN that the number has, or one that it gets by this. When absent the one that is kept sealed for it. */
  readonly pin?: string;
  /** Where Meta keeps its data at rest, e.g. `BR`; changed by a deregistration alone. */
  readonly region?: string;
}

/** How a display name stands, in Meta's words: `APPROVED`, `PENDING_REVIEW`, `DECLINED`, `EXPIRED`, `AVAILABLE_WITHOUT_REVIEW`, `NONE`. */
export interface DisplayName {
  /** The one that people see. */
  readonly name?: string;
  /** How that one stands. */
  readonly status?: string;
  /** Of one that was asked for since; once it is `APPROVED`, register the number again. */
  readonly newStatus?: string;
}

/**
 * What can be done with a number of Meta's beyond what every channel can: `workspace.operations("cloud-api", id)`. What the host gives wrong is `input_invalid`,
 * and names the field; what Meta refuses is one of the errors of `META_ERRORS`, with its wait in `retryAfterMs`.
 */
export interface CloudApiOperations {
  /** Has Meta send a verification code to the number. Each call sends another one. */
  requestCode(request?: CodeRequest): Promise<void>;
  /** Verifies the number by the code that was sent to it last. A wrong or ended one is `input_invalid` on `code`. */
  verifyCode(code: string): Promise<void>;
  /**
   * Registers the number, so that it can send; the PIN is then kept sealed. Meta takes ten in 72 hours. A wrong PIN is `input_invalid` on `pin`; a number of the
   * WhatsApp Business app is `number_registration_failed`, since it would be taken from the app.
   */
  register(registration?: Registration): Promise<void>;
  /** Takes the number from the Cloud API: it sends and receives nothing until it is registered again. One that is not registered stays as it is. */
  deregister(): Promise<void>;
  /** Sets or changes the two-step PIN, six digits, and keeps it sealed. Meta has no call that takes a PIN away. */
  setPin(pin: string): Promise<void>;
  /** How the name stands that people see, and one that was asked for since. */
  displayName(): Promise<DisplayName>;
  /** What people see of the business. */
  profile(): Promise<BusinessProfile>;
  /** Changes what it names of it; the rest stays. What is too long is `input_invalid`, with the limit. */
  changeProfile(change: ProfileChange): Promise<void>;
  /**
   * Subscribes the app to the number's account, and to the field `messages` beside those that it has, which mends the warning `messages_not_subscribed`. An
   * address of another application is left to it: `input_invalid`.
   */
  subscribeMessages(): Promise<void>;
  /**
   * Calls what Meta ships and WaDesk has no name for yet, with the number's token, version, errors and pace. `path` is below the version and may hold a query,
   * e.g. `/<WABA ID>/flows?limit=5`; it never leaves Meta's hosts. A GET is repeated when no answer came; of anything else that is `outcome_unknown`. A refusal
   * says nothing of the connection, unless its token no longer counts.
   */
  raw(method: RawMethod, path: string, body?: Readonly<Record<string, unknown>>, options?: RawOptions): Promise<RawAnswer>;
}
