import type { ErrorCode, MessageStatus, MessageStatusChanged } from "@wadesk/core";
import { contactKey, contactOrder, type HealthFact, type InboundEvent } from "@wadesk/core/ports";
import { readTwilioError, toWadeskError } from "../errors/twilio-error.ts";
import { readContact, routeOf } from "../wire/address.ts";
import { type Form, textOf } from "../wire/form.ts";
import type { Arrival } from "./message.ts";

/**
 * Twilio's message statuses as ours. A message that WhatsApp did not take is `undelivered`, one that never left Twilio is `failed`.
 * @see https://www.twilio.com/docs/messaging/api/message-resource#message-status-values
 */
const STATUSES: ReadonlyMap<string, MessageStatus> = new Map<string, MessageStatus>([
  ["accepted", "queued"],
  ["scheduled", "queued"],
  ["queued", "queued"],
  ["sending", "queued"],
  ["sent", "sent"],
  // not all of it has arrived
  ["partially_delivered", "sent"],
  ["delivered", "delivered"],
  ["read", "read"],
  ["failed", "failed"],
  ["undelivered", "failed"],
  // a scheduled one that will not be sent any more
  ["canceled", "failed"],
]);

/** Reads what became of a sent message. Nothing when the status is one that this version does not know. */
export function readStatus(form: Form, vendorStatus: string, { accountSid, number, messageId, at }: Arrival): InboundEvent | undefined {
  const status = STATUSES.get(vendorStatus);
  if (status === undefined) return undefined;
  const contact = readContact(form, textOf(form.To), undefined);
  const participant = contactKey(contact);
  const route = routeOf(accountSid, number);
  const reason = reasonOf(form) ?? (vendorStatus === "canceled" ? "it was canceled before it was sent" : undefined);
  const failure = status === "failed" ? toWadeskError(readTwilioError(form.ErrorCode, reason)).toJSON() : undefined;
  const health = failure && healthOfFailure(failure.code);
  const data: MessageStatusChanged = {
    messageId,
    ...(participant !== "unknown" && { contact }),
    status,
    ...(failure && { failure }),
    raw: form,
  };
  return {
    key: `${route}|${participant}|${participant}|${messageId}|${vendorStatus}`,
    route,
    ...contactOrder(route, contact),
    type: "message.status",
    at,
    data,
    ...(health && { health }),
  };
}

function reasonOf(form: Form): string | undefined {
  return textOf(form.ErrorMessage) ?? textOf(form.ChannelStatusMessage);
}

const TELLING: readonly ErrorCode[] = ["banned", "temporarily_banned", "locked"];

// only a ban or a lock speaks for all messages; the token is not judged by a callback
function healthOfFailure(code: ErrorCode): HealthFact | undefined {
  return TELLING.includes(code) ? { type: "failed", code } : undefined;
}
