import type { MessageContent } from "../delivery/message-content.ts";
import type { Phone } from "../phones/phone.ts";

/** Everything that the page shows. */
export interface WorldView {
  readonly url: string;
  /** Whether a bot has handed over a QR code that nobody has scanned yet. */
  readonly hasQr: boolean;
  readonly phones: readonly PhoneView[];
  /** What bots did that WhatsApp Web does not know, the newest last. */
  readonly complaints: readonly string[];
}

/** One phone as the page shows it. */
export interface PhoneView {
  readonly number: string;
  readonly name: string;
  /** The code that logins to this account meet; undefined for one that nothing was done to. */
  readonly restriction: number | undefined;
  readonly clients: readonly { readonly id: number; readonly isConnected: boolean }[];
  readonly messages: readonly MessageView[];
  /** How many messages could not be decrypted. */
  readonly unreadable: number;
}

/** One message as the page shows it. */
export interface MessageView {
  readonly id: string;
  readonly fromMe: boolean;
  /** The number of whom it is with, or the address where that is no number. */
  readonly other: string;
  readonly text: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** What is known of a message that was sent: `sent`, `delivered`, `read`. */
  readonly state: "sent" | "delivered" | "read" | undefined;
}

/** A message that a person has written on the page. */
export interface WrittenMessage {
  readonly id: string;
  readonly to: string;
  readonly text: string;
  readonly at: number;
}

const MESSAGES_SHOWN = 50;

/** What the page shows of a phone. */
export function phoneView(phone: Phone, written: readonly WrittenMessage[], restriction: number | undefined): PhoneView {
  const came = phone.messages
    .filter(({ device }) => device === 0)
    .map(({ id, fromMe, chat, content, at }) => ({ id, fromMe, other: numberOf(chat), text: summary(content), at, state: undefined }));
  const wrote = written.map(({ id, to, text, at }) => ({ id, fromMe: true, other: numberOf(to), text, at, state: stateOf(phone, id) }));
  return {
    number: phone.number,
    name: phone.name,
    restriction,
    clients: phone.clients.map(({ id, isConnected }) => ({ id, isConnected })),
    messages: [...came, ...wrote].sort((left, right) => left.at - right.at).slice(-MESSAGES_SHOWN),
    unreadable: phone.unreadable.length,
  };
}

// a message in a line: its text, or what kind of message it is
function summary(content: MessageContent): string {
  const { conversation, extendedTextMessage } = content as { conversation?: string; extendedTextMessage?: { text?: string } };
  const text = conversation ?? extendedTextMessage?.text;
  if (text !== undefined) return text;
  const kind = Object.keys(content).find((key) => key !== "messageContextInfo") ?? "message";
  const { caption } = (Reflect.get(content, kind) ?? {}) as { readonly caption?: unknown };
  return `[${kind.replace(/Message$/, "")}]${typeof caption === "string" ? ` ${caption}` : ""}`;
}

function numberOf(jid: string): string {
  return jid.replace(/@s\.whatsapp\.net$/, "");
}

function stateOf({ receipts }: Phone, id: string): "sent" | "delivered" | "read" {
  const about = receipts.filter(({ ids }) => ids.includes(id));
  if (about.length === 0) return "sent";
  return about.some(({ type }) => type === "read") ? "read" : "delivered";
}
