import type { Format } from "ajv";

const USER_ID = "[A-Z]{2}\\.(ENT\\.)?[A-Za-z0-9]{1,128}";
const WEB = /^https?:\/\/[^\s/]/;

/** The formats that Twilio's files name and JSON Schema does not know, or knows otherwise. */
export const FORMATS: Readonly<Record<string, Format | true>> = {
  // E.164, on WhatsApp with its prefix or a business-scoped user id; in answers and lists any address
  "phone-number": new RegExp(`^(whatsapp:(\\+[1-9]\\d{6,14}|${USER_ID})|\\+[1-9]\\d{1,14}|[A-Za-z0-9 ]{1,11})$`),
  "date-time-rfc-2822": /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} \+0000$/,
  "date-time": (text: string) => /^\d{4}-\d{2}-\d{2}/.test(text) && !Number.isNaN(Date.parse(text)),
  // in the 2010 API's lists it is a path, elsewhere a whole address
  uri: (text: string) => (WEB.test(text) && URL.canParse(text)) || /^\/[^\s]*$/.test(text),
  currency: /^[A-Za-z]{3}$/,
  "uri-map": true,
  int64: true,
};
