import { wordingOf } from "../graph/graph-error.ts";
import type { Fields } from "../graph/rules.ts";
import type { Price } from "../messages/price.ts";
import type { ContactState, NumberState, ReceivedMessage, SentMessage, SentStatus } from "../state.ts";

/** The `value` of a `messages` change that carries one message of a person. */
export function messageValue(number: NumberState, message: ReceivedMessage): object {
  const { contact } = message;
  const { type, ...content } = message.payload;
  return {
    messaging_product: "whatsapp",
    metadata: metadata(number),
    contacts: [contactCard(contact)],
    messages: [
      {
        ...(contact.waId !== undefined && { from: contact.waId }),
        from_user_id: contact.userId,
        id: message.id,
        timestamp: seconds(message.at),
        ...withSender(content, number),
        type,
      },
    ],
  };
}

/** The `value` of a `messages` change that carries one status of a sent message. */
export function statusValue(
  number: NumberState,
  message: SentMessage,
  step: SentStatus,
  about: { readonly contact: ContactState | undefined; readonly price?: Price | undefined; readonly details?: string },
): object {
  const { waId, userId } = message.to;
  const failed = step.status === "failed";
  return {
    messaging_product: "whatsapp",
    metadata: metadata(number),
    // a failed status comes without contacts
    ...(!failed && about.contact && { contacts: [contactCard(about.contact, step.status !== "sent")] }),
    statuses: [
      {
        id: message.id,
        status: step.status,
        timestamp: seconds(step.at),
        ...(waId !== undefined && { recipient_id: waId }),
        ...(userId !== undefined && { recipient_user_id: userId }),
        ...(failed && { errors: [failure(step.code ?? 131000, about.details)] }),
        ...(about.price && { pricing: pricing(about.price) }),
        ...(typeof message.payload.biz_opaque_callback_data === "string" && {
          biz_opaque_callback_data: message.payload.biz_opaque_callback_data,
        }),
      },
    ],
  };
}

const DETAILS: Readonly<Record<number, string>> = {
  131026: "Message Undeliverable.",
  131047: "Message failed to send because more than 24 hours have passed since the customer last replied to this number.",
  131053: "The file is not of a type that this message can carry.",
};

function failure(code: number, details: string | undefined): object {
  const title = wordingOf(code);
  return {
    code,
    title,
    message: title,
    error_data: { details: details ?? DETAILS[code] ?? title },
    href: "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
  };
}

function pricing({ billable, category, type }: Price): object {
  return { billable, pricing_model: "PMP", category, type };
}

function metadata(number: NumberState): object {
  return { display_phone_number: number.digits, phone_number_id: number.id };
}

// the username comes with messages, and once a message of ours was delivered
function contactCard(contact: ContactState, withUsername = true): object {
  return {
    profile: { name: contact.name, ...(withUsername && contact.username !== undefined && { username: contact.username }) },
    ...(contact.waId !== undefined && { wa_id: contact.waId }),
    user_id: contact.userId,
  };
}

// a reply names whose message it answers
function withSender(content: Fields, number: NumberState): Fields {
  const { context } = content;
  return typeof context === "object" && context !== null && !("from" in context)
    ? { ...content, context: { from: number.digits, ...context } }
    : content;
}

function seconds(milliseconds: number): string {
  return String(Math.floor(milliseconds / 1000));
}
