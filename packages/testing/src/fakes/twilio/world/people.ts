import { checked } from "../../stage/check-given.ts";
import { grouped } from "../api/api-request.ts";
import type { FakeTwilio, TwilioContact } from "../fake-twilio.ts";
import { addressOf } from "../messages/addresses.ts";
import { newMessage } from "../messages/create-message.ts";
import { type FateTools, unfold } from "../messages/fate.ts";
import type { ContactState, PersonWrites, TwilioMedia, TwilioMessage, TwilioState, TwilioWebhook } from "../state.ts";
import { bodyOf, inboundForm } from "../webhooks/inbound-form.ts";
import { readAnswer } from "../webhooks/webhook-answer.ts";
import { type Line, lineKey, lineReached, SANDBOX_NUMBER } from "./lines.ts";
import { GIVEN_TO_CONTACT } from "./option-kinds.ts";

/** Adds a person. */
export function addContact(tools: FateTools, options: NonNullable<Parameters<FakeTwilio["addContact"]>[0]>): TwilioContact {
  const { state } = tools;
  const digits = (length: number): string =>
    (BigInt(`0x${state.hexadecimal(24)}`) % 10n ** BigInt(length)).toString().padStart(length, "1");
  const contact: ContactState = {
    phone: options.hidesPhone ? undefined : (options.phone ?? `+551198${digits(7)}`),
    userId: options.userId ?? `BR.${digits(17)}`,
    name: options.name ?? "Ana",
    onWhatsApp: options.onWhatsApp ?? true,
    reachable: options.reachable ?? true,
    reads: options.reads ?? true,
    blocks: false,
    scripts: [],
    wroteAt: new Map(),
  };
  state.contacts.push(contact);
  const person: TwilioContact = {
    phone: contact.phone,
    userId: contact.userId,
    name: contact.name,
    address: addressOf(contact),
    send: (number, writes) => {
      const line = lineReached(state, contact, number);
      if (line) return write(tools, line, contact, writes);
      const why =
        number === SANDBOX_NUMBER
          ? `${contact.name} has not joined a sandbox: call sandbox.join first`
          : `no account has a sender ${number}: add it first`;
      throw new Error(`the fake Twilio cannot bring this message to anybody: ${why}`);
    },
    answers: (script) => void contact.scripts.push(script),
    change: (traits) => void Object.assign(contact, traits),
  };
  return checked("contact", person, GIVEN_TO_CONTACT);
}

/** A person writes to a line: the window opens, and the host hears of it. Answers the message's SID. */
export function write(tools: FateTools, line: Line, contact: ContactState, written: PersonWrites | string): string {
  const { state, courier } = tools;
  const writes = typeof written === "string" ? { text: written } : written;
  const message = receive(state, line, contact, writes);
  contact.wroteAt.set(lineKey(line), message.createdAt);
  courier.later(() => notify(tools, line, message, line.webhook));
  return message.sid;
}

function receive(state: TwilioState, line: Line, contact: ContactState, writes: PersonWrites): TwilioMessage {
  const { file } = writes;
  const createdAt = state.clock.now();
  const sid = state.sid(file ? "MM" : "SM");
  const media: TwilioMedia | undefined = file && {
    sid: state.sid("ME"),
    messageSid: sid,
    accountSid: line.accountSid,
    contentType: file.contentType,
    bytes: file.bytes,
    fileName: file.fileName,
    createdAt,
    key: state.hexadecimal(40),
  };
  const message: TwilioMessage = {
    sid,
    accountSid: line.accountSid,
    direction: "inbound",
    from: addressOf(contact),
    to: `whatsapp:${line.number}`,
    body: bodyOf(writes),
    contentSid: undefined,
    parameters: grouped(inboundForm(state, line, contact, writes, { sid, media })),
    media: media ? [media] : [],
    numMedia: media ? 1 : 0,
    contact,
    createdAt,
    status: "received",
    errorCode: undefined,
    statuses: [{ status: "received", at: createdAt }],
  };
  state.messages.push(message);
  state.received.push(message);
  return message;
}

function notify(tools: FateTools, line: Line, message: TwilioMessage, webhook: TwilioWebhook): void {
  const { state, courier } = tools;
  const account = state.accounts.get(line.accountSid);
  // an account that is not active receives nothing
  if (webhook.callbackUrl === undefined || account?.status !== "active") return;
  const own = [...message.parameters].flatMap(([name, values]) => values.map((value) => [name, value] as const));
  const call = (url: string, method: string, fields: typeof own, fallback: string | undefined): void =>
    courier.send({
      kind: "inbound",
      url,
      method,
      fields,
      message,
      authToken: account.authToken,
      lane: `${line.accountSid}|${line.number}|${message.from}`,
      answered: (outcome) => {
        const reading = outcome.status === undefined ? undefined : readAnswer(outcome);
        if (reading?.problem && reading.problem.code !== 11200) {
          state.alerts.push({ ...reading.problem, url, messageSid: message.sid, at: state.clock.now() });
        }
        const problem = reading ? reading.problem?.code : 11200;
        if (problem !== undefined && fallback !== undefined) {
          call(fallback, webhook.fallbackMethod ?? "POST", [...fields, ["ErrorCode", String(problem)], ["ErrorUrl", url]], undefined);
        }
        for (const reply of reading?.replies ?? []) answerBack(tools, line, message, reply);
      },
    });
  call(webhook.callbackUrl, webhook.callbackMethod ?? "POST", own, webhook.fallbackUrl);
}

function answerBack(
  tools: FateTools,
  line: Line,
  message: TwilioMessage,
  reply: { readonly body: string; readonly mediaUrl: string | undefined },
): void {
  const { body, mediaUrl } = reply;
  const sent = newMessage(tools.state, line, {
    direction: "outbound-reply",
    to: message.from,
    body,
    contentSid: undefined,
    numMedia: mediaUrl === undefined ? 0 : 1,
    parameters: new Map(),
  });
  void unfold(tools, line, sent, { callbackUrl: line.webhook.statusCallbackUrl, mediaUrl });
}
