import { graphError, parameterRequired } from "../graph/graph-error.ts";
import { choice, type Fields, mustBe } from "../graph/rules.ts";
import type { ContactState, MetaState, NumberState } from "../state.ts";

/** Whom a message goes to: the person if Meta knows one, and what the answer says about it. */
export interface Recipient {
  readonly contact: ContactState | undefined;
  /** As the request wrote it. */
  readonly input: string;
  readonly waId?: string;
  readonly userId?: string;
  /** Sent by business-scoped user id alone. */
  readonly scoped: boolean;
}

// a country, a dot and up to 128 letters or digits; a parent id has ENT between them
const USER_ID = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/;

/** Reads `to`, or `recipient` where there is no `to`. A phone wins when both are given. */
export function readRecipient(state: MetaState, number: NumberState, payload: Fields): Recipient {
  if (payload.recipient_type !== undefined) choice("individual", "group")(payload.recipient_type, "recipient_type");
  if (payload.recipient_type === "group") {
    throw graphError(131041, { details: "The group does not exist, or the business is not a member of it." });
  }
  if (payload.to === undefined && payload.recipient === undefined) throw parameterRequired("to");
  return payload.to === undefined ? byUserId(state, payload.recipient) : byPhone(state, number, payload.to);
}

/** The person behind a phone number, written by phone or by WhatsApp's id of it. */
function contactByDigits(state: MetaState, digits: string): ContactState | undefined {
  return state.contacts.find((contact) => contact.phone === digits || contact.waId === digits);
}

function byPhone(state: MetaState, number: NumberState, to: unknown): Recipient {
  if (typeof to !== "string") throw mustBe("to", "a string");
  const digits = to.replaceAll(/[\s()+.-]/g, "");
  if (!/^\d{5,20}$/.test(digits))
    throw graphError(100, { message: "(#100) Invalid parameter", details: "Param to must be a phone number." });
  if (digits === number.digits) throw graphError(131021, { details: "Sender and recipient phone number is the same." });
  if (number.allowedRecipients && !number.allowedRecipients.has(digits)) {
    throw graphError(131030, {
      details: "Recipient phone number not in allowed list: Add recipient phone number to recipient list and try again.",
    });
  }
  const contact = contactByDigits(state, digits);
  return { contact, input: to, waId: contact?.waId ?? digits, ...(contact && { userId: contact.userId }), scoped: false };
}

function byUserId(state: MetaState, recipient: unknown): Recipient {
  if (typeof recipient !== "string") throw mustBe("recipient", "a string");
  if (!USER_ID.test(recipient)) throw graphError(131009, { details: "Param recipient must be a business-scoped user ID." });
  const contact = state.contacts.find((each) => each.userId === recipient);
  return { contact, input: recipient, userId: recipient, scoped: true };
}
