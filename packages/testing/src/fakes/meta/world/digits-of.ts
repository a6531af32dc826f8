/** Digits only. */
export function digitsOf(phone: string): string {
  return phone.replaceAll(/\D/g, "");
}
