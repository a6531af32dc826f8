/** Packages that an application must not pay for before it uses them, and the entries whose very purpose they are. */
const LOADED_ON_USE: Readonly<Record<string, readonly string[]>> = {
  // the curves stand on it
  "@noble/hashes": ["@wadesk/testing/whatsapp-web"],
  "@whiskeysockets/baileys": [],
  jose: [],
  ky: [],
  kysely: [],
  "libphonenumber-js": [],
  msw: ["@wadesk/testing/msw"],
  pg: [],
  twilio: [],
  vitest: ["@wadesk/testing/contracts"],
  ws: [],
  zod: [],
};

/** Which of the packages loaded with an entry should have waited for their first use. */
export function loadedTooEarly(entry: string, loaded: Iterable<string>): readonly string[] {
  return [...loaded].filter((name) => LOADED_ON_USE[name]?.includes(entry) === false).sort();
}
