import type { MessageContent } from "./message-content.ts";

/** A message as a device of the server's own decrypted it. */
export interface ReceivedMessage {
  /** As the sender's client chose it: `key.id` to Baileys. */
  readonly id: string;
  /** The address of the device that sent it. */
  readonly from: string;
  /** The address of the chat: the other person's as the sender wrote it. */
  readonly chat: string;
  /** Whether it is the copy of what another device of the same account sent. `content` is then what was sent. */
  readonly fromMe: boolean;
  /** Decrypted and unpadded. */
  readonly content: MessageContent;
  /** How it was encrypted: beginning a session, in a session, or with a group's sender key. */
  readonly encryption: string;
  /** Which device of the account decrypted it; 0 is the phone. */
  readonly device: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The attributes of the stanza as the client sent it. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** A message that a device of the server's own could not read. */
export interface UnreadableMessage {
  /** As its stanza has it; the retry that is asked for comes by the same. */
  readonly id: string;
  /** The address of the device that sent it. */
  readonly from: string;
  /** Which device of the account could not read it; 0 is the phone. */
  readonly device: number;
  /** Why not, in words. */
  readonly reason: string;
}

/** A receipt that came to a phone. */
export interface Receipt {
  /** The messages it is for. */
  readonly ids: readonly string[];
  /** The address of the device that sent it. */
  readonly from: string;
  /** `delivery`, `read`, `played`, `retry`, `sender`, `inactive`, `read-self`, … */
  readonly type: string;
  /** The group the messages are in; undefined for one person's. */
  readonly group: string | undefined;
}
