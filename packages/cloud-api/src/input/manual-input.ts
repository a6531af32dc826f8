/** What a person pastes to connect a number, from Meta's WhatsApp → API Setup and Business Settings. */
export interface ManualInput {
  /** The id of the number, not the number. */
  readonly phoneNumberId: string;
  /** The WhatsApp Business Account id. */
  readonly wabaId: string;
  /** A System User token with whatsapp_business_messaging and whatsapp_business_management. */
  readonly accessToken: string;
  /** The Business Manager id; looked up at Meta when absent. */
  readonly businessId?: string;
  /** The two-step PIN with which the number was registered, six digits; kept sealed, to register it once more. */
  readonly pin?: string;
  /** The id of a Meta app of the workspace's own, through which the number is reached; absent for the platform's app. Its secret and token come along. */
  readonly appId?: string;
  /** The App Secret of that app; several while it is changed. Meta is asked about each. */
  readonly appSecret?: string | readonly string[];
  /** What Meta repeats when it verifies the callback URL of that app: chosen here, and typed in there. */
  readonly verifyToken?: string;
  /**
   * Whether the account's messages are led to this application by the account itself (`override_callback_uri`), whatever callback URL that app has. Needs
   * `publicUrl` of `createWadesk`. False, of an app of its own, ends that; when absent an account that is led here stays so.
   */
  readonly override?: boolean;
}
