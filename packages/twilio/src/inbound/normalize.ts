import { WadeskError } from "@wadesk/core";
import type { InboundEvent } from "@wadesk/core/ports";
import { accountOf, bareAddress, phoneOf, routeOf } from "../wire/address.ts";
import { type Form, formOf, textOf } from "../wire/form.ts";
import { digestOf } from "./digest.ts";
import { readMessage } from "./message.ts";
import { readStatus } from "./status.ts";

/** The parameters of one webhook of Twilio's, however they were parsed. */
export type TwilioParameters = URLSearchParams | Readonly<Record<string, string>>;

/**
 * Reads one webhook of Twilio's for WhatsApp into events: a message that came in, or what became of one that was sent. Pure; what it has no
 * word for becomes `event.unknown` with the raw parameters. Twilio gives no time, so `at` is what you pass as `receivedAt` in milliseconds
 * since the epoch, or 0, for which the client puts the moment at which it took the event in.
 * @throws WadeskError `body_invalid` when the parameters name no account of Twilio's.
 */
export function normalizeTwilio(parameters: TwilioParameters, receivedAt: number = 0): readonly InboundEvent[] {
  return normalizeForm(parameters instanceof URLSearchParams ? formOf(parameters) : parameters, receivedAt);
}

const ACCOUNT_SID = /^AC[0-9a-f]{32}$/i;

/** {@link normalizeTwilio} for parameters that are a plain object already. */
export function normalizeForm(form: Form, at: number): readonly InboundEvent[] {
  const accountSid = textOf(form.AccountSid);
  if (accountSid === undefined || !ACCOUNT_SID.test(accountSid)) {
    throw new WadeskError("body_invalid", { detail: "it names no account of Twilio's" });
  }
  const vendorStatus = statusOf(form);
  const number = phoneOf(bareAddress(textOf(vendorStatus === undefined ? form.To : form.From)));
  const messageId = sidOf(textOf(form.MessageSid) ?? textOf(form.SmsSid));
  if (number === undefined || messageId === undefined) return [unknownEvent(form, accountSid, number, at)];
  const arrival = { accountSid, number, messageId, at };
  if (vendorStatus === undefined) return readMessage(form, arrival) ?? [unknownEvent(form, accountSid, number, at)];
  return [readStatus(form, vendorStatus, arrival) ?? unknownEvent(form, accountSid, number, at)];
}

// Twilio names each message SM… or MM…; a key made of another text would be whatever its sender likes
const MESSAGE_SID = /^(SM|MM)[0-9a-f]{32}$/i;

function sidOf(sid: string | undefined): string | undefined {
  return sid !== undefined && MESSAGE_SID.test(sid) ? sid : undefined;
}

// a message that came in is `received`; anything else is said of one that went out
function statusOf(form: Form): string | undefined {
  const status = textOf(form.MessageStatus) ?? textOf(form.SmsStatus);
  return status === "received" || status === "receiving" ? undefined : status;
}

// without a number of ours on WhatsApp (an SMS, say) the route is one that nobody has: it must not reach an account's other tenants
function unknownEvent(form: Form, accountSid: string, number: string | undefined, at: number): InboundEvent {
  const route = number === undefined ? accountOf(accountSid) : routeOf(accountSid, number);
  const field = textOf(form.EventType) ?? textOf(form.MessageType) ?? textOf(form.MessageStatus) ?? "unknown";
  return {
    key: `${route}|${field}||${digestOf(form)}`,
    route,
    orderKey: `${route}|${field}`,
    type: "event.unknown",
    at,
    data: { field, raw: form },
  };
}
