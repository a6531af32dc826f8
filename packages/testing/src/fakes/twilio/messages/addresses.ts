import type { ContactState, TwilioState } from "../state.ts";

/** An address of a message. */
export interface Address {
  readonly channel: "whatsapp" | "sms" | "other";
  /** Without its prefix. */
  readonly value: string;
}

// a country, a dot and up to 128 letters or digits; a parent id has ENT between them
const USER_ID = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/;
const E164 = /^\+[1-9]\d{6,14}$/;

/** Tells an address's channel by its prefix. */
export function readAddress(written: string): Address {
  const [, prefix, value = ""] = /^([a-z_]+):(.*)$/s.exec(written) ?? [];
  if (prefix === undefined) return { channel: "sms", value: written };
  return { channel: prefix === "whatsapp" ? "whatsapp" : "other", value };
}

/** Whether a WhatsApp message can go there: a number in E.164, or a business-scoped user id. */
export function isRecipient(value: string): boolean {
  return E164.test(value) || USER_ID.test(value);
}

/** The person behind an address without its prefix. */
export function contactAt(state: TwilioState, value: string): ContactState | undefined {
  return state.contacts.find((contact) => contact.phone === value || contact.userId === value);
}

/** How a person is addressed: by phone, and where they hide it by their user id. */
export function addressOf(contact: ContactState): string {
  return `whatsapp:${contact.phone ?? contact.userId}`;
}
