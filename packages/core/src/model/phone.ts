const BRAZIL = /^\+55(\d{2})9([6-9]\d{7})$/;
const MEXICO = /^\+521(\d{10})$/;

/**
 * What two spellings of one number have in common. WhatsApp writes Brazilian mobile numbers with and without their ninth digit, and Mexican ones with
 * and without the 1; a landline of the same last digits stays another number. `phone` is E.164.
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages#phone-number-formats
 */
export function phoneKey(phone: string): string {
  return phone.replace(BRAZIL, "+55$1$2").replace(MEXICO, "+52$1");
}
