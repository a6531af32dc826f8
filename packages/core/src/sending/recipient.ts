import type { IssueCode } from "../errors/issue-code.ts";
import { WadeskError } from "../errors/wadesk-error.ts";
import { issueOf } from "../fields/invalid.ts";
import type { Contact } from "../model/contact.ts";
import type { GroupAddress, Recipient } from "../model/group.ts";

/**
 * The contact or the group that a message goes to. A phone is tidied (spaces, hyphens, dots and parentheses go) and must be `+` and 7 to 15 digits; it is not held to
 * any country's numbering plan, because real WhatsApp numbers fail those. Throws `recipient_invalid`.
 */
export function readAddressee(to: string | Contact | GroupAddress): Recipient {
  if (typeof to === "string" || !("groupId" in to)) return readRecipient(to);
  return { groupId: to.groupId };
}

/** The person of a phone or a contact, as above. Throws `recipient_invalid`. */
export function readRecipient(to: string | Contact, field = "to"): Contact {
  const contact: Contact = typeof to === "string" ? { phone: to } : to;
  if (contact.phone !== undefined) return { ...contact, phone: readPhone(contact.phone, field) };
  if (contact.userId || contact.lid) return contact;
  throw invalid("give a phone, or the userId or lid that an event named", field, "required");
}

function readPhone(given: string, field: string): string {
  const phone = given.replace(/[\s().-]/g, "");
  if (/^\+[1-9]\d{6,14}$/.test(phone)) return phone;
  if (/^(00)?[1-9]\d{6,14}$/.test(phone)) throw invalid(`${JSON.stringify(given)} lacks the leading +`, field);
  throw invalid(`${JSON.stringify(given)} is no phone number in E.164`, field);
}

function invalid(message: string, field: string, code: IssueCode = "not_a_phone"): WadeskError {
  return new WadeskError("recipient_invalid", { detail: message, issues: [issueOf(field, code, message)] });
}
