/** What is known of a linked number. */
export interface UnofficialDetails {
  /** WhatsApp's opaque id of the account, its digits alone. */
  readonly lid?: string;
  /** What the phone runs, in WhatsApp's word: `android`, `iphone`, and `smba` or `smbi` of a business. */
  readonly platform?: string;
  /** The name that the account gave itself. */
  readonly name?: string;
}

/** What is sealed for a connection: which device of the account it is. The keys lie in its records. */
export interface UnofficialSecret {
  /** `15550001111:1@s.whatsapp.net`. */
  readonly device: string;
}
