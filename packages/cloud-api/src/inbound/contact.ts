import type { Contact } from "@wadesk/core";
import { contactKey } from "@wadesk/core/ports";
import { asList, asRecord, asText, type Wire } from "../wire/wire.ts";

const ZERO = 48;
const NINE = 57;
const PLUS = 43;

/**
 * A phone as Meta writes it (digits, sometimes a plus) as E.164. Nothing where the value is no phone: since business-scoped ids
 * exist the field may be empty. The digits stay as they are, since WhatsApp's own form of a number may differ from the dialled one.
 */
export function readPhone(value: unknown): string | undefined {
  const text = asText(value);
  if (text === undefined) return undefined;
  const start = text.charCodeAt(0) === PLUS ? 1 : 0;
  for (let index = start; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < ZERO || code > NINE) return spacedPhone(text);
  }
  return start === 1 ? text : `+${text}`;
}

// `+1 (650) 555-1234` in places meant for people; a business-scoped id has letters and is no phone
function spacedPhone(text: string): string | undefined {
  if (!/^\+?[\d\s().-]+$/.test(text)) return undefined;
  const digits = text.replace(/\D/g, "");
  return digits === "" ? undefined : `+${digits}`;
}

/**
 * Finds what `contacts` of a value tells about one person. A WhatsApp id may differ from the phone that was written to, e.g. by
 * Brazil's ninth digit, so the only profile beside the `only` item is taken though the numbers differ.
 */
export function profileOf(contacts: unknown, phone: unknown, userId: unknown, only: boolean): Wire | undefined {
  const list = asList(contacts);
  const wanted = asText(userId);
  for (const item of list) {
    const contact = asRecord(item);
    if (contact === undefined) continue;
    const known = asText(contact.user_id);
    if (known !== undefined && wanted !== undefined) {
      if (known === wanted) return contact;
      continue;
    }
    if (asText(contact.wa_id) !== undefined && contact.wa_id === phone) return contact;
    if (only && list.length === 1) return contact;
  }
  return undefined;
}

/** What else an item says of a person: an id for all of a company's portfolios, and the name of the person's keys. */
export interface PersonFacts {
  readonly parentUserId?: unknown;
  readonly identityKey?: unknown;
}

/** Puts a person together from an item's own fields and the profile that goes with them. */
export function readContact(phone: unknown, userId: unknown, profile?: Wire, facts?: PersonFacts): Contact {
  const e164 = readPhone(phone) ?? readPhone(profile?.wa_id);
  const id = asText(userId) ?? asText(profile?.user_id) ?? (e164 === undefined ? asText(phone) : undefined);
  const shown = asRecord(profile?.profile);
  const name = asText(shown?.name);
  const username = readUsername(shown?.username) ?? readUsername(profile?.username);
  const parentUserId = asText(facts?.parentUserId) ?? asText(profile?.parent_user_id);
  const identityKey = asText(facts?.identityKey) ?? asText(profile?.identity_key_hash);
  const contact: { -readonly [Key in keyof Contact]: Contact[Key] } = {};
  if (e164 !== undefined) contact.phone = e164;
  if (id !== undefined) contact.userId = id;
  if (username !== undefined) contact.username = username;
  if (name !== undefined) contact.name = name;
  if (parentUserId !== undefined) contact.parentUserId = parentUserId;
  if (identityKey !== undefined) contact.identityKey = identityKey;
  return contact;
}

/** A username without the `@` that Meta writes before it in some places. */
export function readUsername(value: unknown): string | undefined {
  const text = asText(value);
  return text?.startsWith("@") ? asText(text.slice(1)) : text;
}

/** Whether a contact names anybody. */
export function isKnown(contact: Contact): boolean {
  return contactKey(contact) !== "unknown";
}
