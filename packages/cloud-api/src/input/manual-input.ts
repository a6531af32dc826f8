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
}
