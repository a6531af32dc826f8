import { phoneKey } from "@wadesk/core/ports";

const ARGENTINA = /^\+549(\d{10})$/;
// as people write it at home: 15 between the code of the area and a mobile number
const ARGENTINA_AT_HOME = /^\+54(?:(11)15(\d{8})|([23]\d{2})15(\d{7})|([23]\d{3})15(\d{6}))$/;

/**
 * What all spellings of one number have in common, as digits: WhatsApp calls a phone by another one than its owner does in Brazil (the ninth digit), in
 * Argentina (9 after the country, 15 at home) and in Mexico (1 after the country). `phone` is E.164, with the plus or without.
 */
export function canonicalDigits(phone: string): string {
  const plus = phone.startsWith("+") ? phone : `+${phone}`;
  return phoneKey(plus)
    .replace(ARGENTINA_AT_HOME, (_all, ...parts: (string | undefined)[]) => `+54${parts.slice(0, 6).join("")}`)
    .replace(ARGENTINA, "+54$1")
    .slice(1);
}

/** Whether two spellings are of one number. */
export function isSameNumber(one: string, other: string): boolean {
  return canonicalDigits(one) === canonicalDigits(other);
}
