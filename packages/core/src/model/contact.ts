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

/**
 * A contact in the keys of events: the phone, else the id. It is the same for the same webhook whichever version reads it, since what was handled by one version
 * may be delivered again to the next. For order and chats, use `contactOrder`.
 */
export function contactKey(contact: Contact): string {
  return contact.phone ?? contact.userId ?? contact.lid ?? "unknown";
}

/** The id that stays when a person's phone changes or is learnt later: on WhatsApp Web the LID, at Meta the business-scoped user id. */
export function lastingId(contact: Contact): string | undefined {
  return contact.lid ?? contact.userId;
}

/** How what concerns one person on a route is ordered. */
export interface ContactOrder {
  /** What is of one key is handled in its order. */
  readonly orderKey: string;
  /** Also the key of what names the phone alone. */
  readonly phoneOrderKey?: string;
}

/**
 * The order key of a person on a route: by the id that lasts, once it is known, else by the phone. Where both are known the storage learns from it, and what names
 * the phone alone is of the same order from then on.
 */
export function contactOrder(route: string, contact: Contact): ContactOrder {
  const id = lastingId(contact);
  if (id === undefined || contact.phone === undefined) return { orderKey: `${route}|${contactKey(contact)}` };
  return { orderKey: `${route}|${id}`, phoneOrderKey: `${route}|${contact.phone}` };
}

/**
 * What two spellings of one number have in common. WhatsApp writes Brazilian mobile numbers with and without their ninth digit, and Mexican ones with
 * and without the 1; a landline of the same last digits stays another number. `phone` is E.164.
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages#phone-number-formats
 */
export function phoneKey(phone: string): string {
  return phone.replace(BRAZIL, "+55$1$2").replace(MEXICO, "+52$1");
}
