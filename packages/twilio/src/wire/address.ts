import type { Contact } from "@wadesk/core";
import { type Form, textOf } from "./form.ts";

/** What Twilio writes before every WhatsApp address. */
export const WHATSAPP = "whatsapp:";

/** The account of an Account SID. */
export function accountOf(accountSid: string): string {
  return `twilio:${accountSid}`;
}

/** The route of one of our numbers on an account. `number` is E.164. */
export function routeOf(accountSid: string, number: string): string {
  return `twilio:${accountSid}:${number}`;
}

/** A route's parts; nothing when it is no route of this channel. */
export function readRoute(route: string): { readonly accountSid: string; readonly number: string } | undefined {
  const [, accountSid, number] = /^twilio:(AC[0-9a-fA-F]{32}):(\+\d+)$/.exec(route) ?? [];
  return accountSid === undefined || number === undefined ? undefined : { accountSid, number };
}

/** An address without its prefix; nothing when it belongs to another channel, e.g. an SMS. */
export function bareAddress(address: string | undefined): string | undefined {
  return address?.startsWith(WHATSAPP) && address.length > WHATSAPP.length ? address.slice(WHATSAPP.length) : undefined;
}

const PLUS = 43;
const ZERO = 48;
const NINE = 57;

/** The address as a phone in E.164; nothing when it is a business-scoped user id. */
export function phoneOf(bare: string | undefined): string | undefined {
  if (bare === undefined || bare.length < 2 || bare.charCodeAt(0) !== PLUS) return undefined;
  for (let index = 1; index < bare.length; index += 1) {
    const code = bare.charCodeAt(index);
    if (code < ZERO || code > NINE) return undefined;
  }
  return bare;
}

/**
 * The person at the other end. `address` is the one that is not ours. Where the phone is known it stands there and the business-scoped id in
 * `ExternalUserId`; where it is not, that id stands in both.
 */
export function readContact(form: Form, address: string | undefined, name: string | undefined): Contact {
  const bare = bareAddress(address);
  const addressed = phoneOf(bare);
  const phone = addressed ?? phoneOf(`+${textOf(form.WaId) ?? ""}`);
  const userId = bareAddress(textOf(form.ExternalUserId)) ?? (addressed === undefined ? bare : undefined);
  const contact: { -readonly [Key in keyof Contact]: Contact[Key] } = {};
  if (phone !== undefined) contact.phone = phone;
  if (userId !== undefined) contact.userId = userId;
  if (name !== undefined) contact.name = name;
  return contact;
}
