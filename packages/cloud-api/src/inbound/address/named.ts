import { phoneKey } from "@wadesk/core/ports";
import { asRecord, asText, type Wire } from "../../wire/wire.ts";
import { readPhone } from "../contact.ts";

/** Whom a value of Meta's names, wherever in it. */
export interface Named {
  /** Phone number ids. */
  readonly numbers: ReadonlySet<string>;
  /** Numbers by the form that people see, in E.164 where it can be read, each once: by what its spellings have in common. */
  readonly phones: ReadonlyMap<string, string>;
  /** WABA ids. */
  readonly accounts: ReadonlySet<string>;
  /** Whether numbers stand in its items that may be people's, e.g. in an address book: they say that it is somebody's, and not whose. */
  readonly people: boolean;
}

const NUMBER_ID = /(phone_?(number_?)?|business_?number_?)ids?$/i;
const DISPLAY_NUMBER = /(display|business|waba)_?phone(_?number)?s?$/i;
const PLAIN_NUMBER = /^phone_?numbers?$/i;
const ACCOUNT_ID = /(^|_)waba_?ids?$|whatsapp_business_account_?ids?$/i;

// what people wrote, and lists whose items are read one by one: no name in them says whose the value is
const ITEMS: ReadonlySet<string> = new Set([
  ..."messages statuses contacts errors calls history message_echoes state_sync user_preferences groups".split(" "),
  ..."standby conversation_context metadata messaging_product".split(" "),
]);

interface Found {
  readonly numbers: Set<string>;
  readonly displays: Map<string, string>;
  readonly plain: Map<string, string>;
  readonly accounts: Set<string>;
}

function nothingFound(): Found {
  return { numbers: new Set(), displays: new Map(), plain: new Map(), accounts: new Set() };
}

/** Collects every name in a value. Linear, and without recursion: a value may be nested as deep as JSON allows. */
export function namedIn(value: Wire): Named {
  const found = nothingFound();
  const named = readPhone(asRecord(value.metadata)?.display_phone_number);
  if (named !== undefined) found.displays.set(phoneKey(named), named);
  collect(without(ITEMS, value), found);
  const people = new Map<string, string>();
  // where `metadata` names the number, nothing that a person may have written is asked; elsewhere all but a person's own number is
  if (named === undefined) collect(only(ITEMS, value), { ...found, plain: people });
  // a plain `phone_number` may be a person's, and counts only where nothing says more
  const phones = found.displays.size > 0 || found.numbers.size > 0 ? found.displays : found.plain;
  return { numbers: found.numbers, phones, accounts: found.accounts, people: people.size > 0 };
}

function only(keys: ReadonlySet<string>, value: Wire): Wire {
  return Object.fromEntries(Object.entries(value).filter(([key]) => keys.has(key)));
}

function without(keys: ReadonlySet<string>, value: Wire): Wire {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.has(key)));
}

function collect(value: Wire, found: Found): void {
  const rest: unknown[] = [value];
  while (rest.length > 0) {
    const next = rest.pop();
    // one by one: a long list does not fit into the arguments of one call
    if (Array.isArray(next)) for (const item of next) rest.push(item);
    const record = asRecord(next);
    if (record === undefined) continue;
    readEntity(record, found);
    for (const [key, content] of Object.entries(record)) {
      readName(key, content, found);
      if (typeof content === "object" && content !== null) rest.push(content);
    }
  }
}

function readName(key: string, content: unknown, found: Found): void {
  for (const item of Array.isArray(content) ? content : [content]) {
    // `{ id }` in the place of the id or of the number itself
    const id = asText(asRecord(item)?.id);
    if (NUMBER_ID.test(key)) addText(found.numbers, id ?? item);
    else if (DISPLAY_NUMBER.test(key)) addPhone(found.displays, item, id, found);
    else if (PLAIN_NUMBER.test(key)) addPhone(found.plain, item, id, found);
    else if (ACCOUNT_ID.test(key)) addText(found.accounts, id ?? item);
    else return;
  }
}

// alerts and health name what they are about by its kind and id
function readEntity(record: Wire, found: Found): void {
  const type = asText(record.entity_type)?.toUpperCase();
  if (type === undefined) return;
  const id = record.entity_id ?? record.id;
  if (type.endsWith("PHONE_NUMBER")) addText(found.numbers, id);
  if (type === "WABA" || type === "WHATSAPP_BUSINESS_ACCOUNT") addText(found.accounts, id);
}

function addText(texts: Set<string>, content: unknown): void {
  const text = asText(content);
  if (text !== undefined) texts.add(text);
}

// one that cannot be read names somebody all the same
function addPhone(phones: Map<string, string>, content: unknown, id: string | undefined, { numbers }: Found): void {
  if (id !== undefined) numbers.add(id);
  const phone = readPhone(content) ?? asText(content);
  if (phone !== undefined && !phones.has(phoneKey(phone))) phones.set(phoneKey(phone), phone);
}

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
  // a plain `phone_number` beside `metadata` may be a person's, and takes nothing away
  const found = nothingFound();
  collect({ [key]: value[key] }, found);
  const { numbers, displays } = found;
  return (
    [...numbers].some((id) => id !== number) ||
    (display !== undefined && [...displays.keys()].some((called) => called !== phoneKey(display)))
  );
}
