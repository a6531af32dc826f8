const BRAZIL = /^\+55(\d{2})9([6-9]\d{7})$/;
const MEXICO = /^\+521(\d{10})$/;

/**
 * The person at the other end. At least one of `phone`, `userId` and `lid` is present; the phone may be the one that is not,
 * so never use it as the only key.
 */
export interface Contact {
  /** E.164 with the plus, e.g. `+5511999990000`. */
  readonly phone?: string;
  /** Meta's business-scoped user id, e.g. `BR.1A2b3C`. */
  readonly userId?: string;
  /** WhatsApp's own opaque id of a person, on WhatsApp Web. */
  readonly lid?: string;
  /** Without the `@`. */
  readonly username?: string;
  /** The name the person gave themselves. */
  readonly name?: string;
  /** Meta's id of the person for all portfolios of one company, e.g. `BR.ENT.1A2b3C`. */
  readonly parentUserId?: string;
  /** Names the keys of the person's WhatsApp: another one means another phone, or somebody else on the number. */
  readonly identityKey?: string;
}

/** The steadiest identifier a contact carries, for ordering and keys. */
export function contactKey(contact: Contact): string {
  return contact.phone ?? contact.userId ?? contact.lid ?? "unknown";
}

/**
 * What two spellings of one number have in common. WhatsApp writes Brazilian mobile numbers with and without their ninth digit, and Mexican ones with
 * and without the 1; a landline of the same last digits stays another number. `phone` is E.164.
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages#phone-number-formats
 */
export function phoneKey(phone: string): string {
  return phone.replace(BRAZIL, "+55$1$2").replace(MEXICO, "+52$1");
}
