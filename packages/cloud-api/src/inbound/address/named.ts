import { readPhone } from "../contact.ts";
import { asRecord, asText, type Wire } from "../wire.ts";

/** Whom a value of Meta's names, wherever in it. */
export interface Named {
  /** Phone number ids. */
  readonly numbers: ReadonlySet<string>;
  /** Numbers by the form that people see, in E.164 where it can be read. */
  readonly phones: ReadonlySet<string>;
  /** WABA ids. */
  readonly accounts: ReadonlySet<string>;
}

const NUMBER_ID = /phone_?number_?ids?$/i;
const DISPLAY_NUMBER = /display_?phone_?number$/i;
const PLAIN_NUMBER = /^phone_?number$/i;
const ACCOUNT_ID = /(^|_)waba_?ids?$|whatsapp_business_account_?ids?$/i;

/** Collects every name in a value. Linear, and without recursion: a value may be nested as deep as JSON allows. */
export function namedIn(value: unknown): Named {
  const found = { numbers: new Set<string>(), displays: new Set<string>(), plain: new Set<string>(), accounts: new Set<string>() };
  const rest: unknown[] = [value];
  while (rest.length > 0) {
    const next = rest.pop();
    // one by one: a long list does not fit into the arguments of one call
    if (Array.isArray(next)) for (const item of next) rest.push(item);
    const record = asRecord(next);
    if (record === undefined) continue;
    readEntity(record, found);
    for (const [key, content] of Object.entries(record)) {
      if (NUMBER_ID.test(key)) addTexts(found.numbers, content);
      else if (DISPLAY_NUMBER.test(key)) addPhones(found.displays, content);
      else if (PLAIN_NUMBER.test(key)) addPhones(found.plain, content);
      else if (ACCOUNT_ID.test(key)) addTexts(found.accounts, content);
      if (typeof content === "object" && content !== null) rest.push(content);
    }
  }
  // a plain `phone_number` may be a person's, and counts only where nothing says more
  const phones = found.displays.size > 0 || found.numbers.size > 0 ? found.displays : found.plain;
  return { numbers: found.numbers, phones, accounts: found.accounts };
}

// alerts name what they are about by its kind and id
function readEntity(record: Wire, found: { readonly numbers: Set<string>; readonly accounts: Set<string> }): void {
  const type = asText(record.entity_type)?.toUpperCase();
  if (type === "PHONE_NUMBER") addTexts(found.numbers, record.entity_id);
  if (type === "WABA" || type === "WHATSAPP_BUSINESS_ACCOUNT") addTexts(found.accounts, record.entity_id);
}

function addTexts(texts: Set<string>, content: unknown): void {
  for (const item of Array.isArray(content) ? content : [content]) {
    const text = asText(item);
    if (text !== undefined) texts.add(text);
  }
}

// one that cannot be read names somebody all the same
function addPhones(phones: Set<string>, content: unknown): void {
  for (const item of Array.isArray(content) ? content : [content]) {
    const phone = readPhone(item) ?? asText(item);
    if (phone !== undefined) phones.add(phone);
  }
}

// what people wrote, and lists whose items are read one by one: no name in them says whose the value is
const ITEMS: ReadonlySet<string> = new Set([
  ..."messages statuses contacts errors calls history message_echoes state_sync user_preferences groups".split(" "),
  ..."standby metadata messaging_product".split(" "),
]);

/** A value in two: what is its own number's, and the parts that name a neighbour. */
export interface Parts {
  readonly own: Wire;
  readonly foreign: Wire;
}

/** Parts a value whose `metadata` names its number from what beside it names another one; nothing where no part does. */
export function partsOf(value: Wire): Parts | undefined {
  let foreign: string[] | undefined;
  for (const key in value) {
    // on the path of every message: as a rule there is nothing else in it
    if (ITEMS.has(key) || !namesAnother(key, value)) continue;
    foreign ??= [];
    foreign.push(key);
  }
  if (foreign === undefined) return undefined;
  const named = foreign;
  const entries = Object.entries(value);
  return {
    own: Object.fromEntries(entries.filter(([key]) => !named.includes(key))),
    foreign: Object.fromEntries(entries.filter(([key]) => named.includes(key))),
  };
}

function namesAnother(key: string, value: Wire): boolean {
  const metadata = asRecord(value.metadata);
  const number = asText(metadata?.phone_number_id);
  if (number === undefined) return false;
  const display = readPhone(metadata?.display_phone_number);
  const { numbers, phones } = namedIn({ [key]: value[key] });
  return [...numbers].some((id) => id !== number) || (display !== undefined && [...phones].some((phone) => phone !== display));
}
