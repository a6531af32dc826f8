/** The ISO 3166 country of a phone in E.164, or nothing where the number does not tell. libphonenumber-js is loaded on the first call. */
export async function regionOf(phone: string | undefined): Promise<string | undefined> {
  if (phone === undefined) return undefined;
  const { parsePhoneNumberFromString } = await import("libphonenumber-js/min");
  const parsed = parsePhoneNumberFromString(phone);
  // a number may be real though the library calls it invalid, so its country is asked for and its validity is not
  return parsed?.country ?? parsed?.getPossibleCountries()[0];
}
