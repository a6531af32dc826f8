import type { Account } from "../directory/account.ts";
import type { Room } from "../server/room.ts";

/** A channel that people follow. */
export interface NewsletterState {
  /** `120363…@newsletter`. */
  readonly jid: string;
  name: string;
  description: string;
  owner: Account;
  readonly admins: Set<Account>;
  readonly followers: Set<Account>;
  readonly muted: Set<Account>;
  /** Seconds since the epoch. */
  readonly createdAt: number;
  readonly messages: NewsletterMessage[];
}

/** What was posted in a channel. Nothing there is encrypted. */
export interface NewsletterMessage {
  /** As whoever posted it chose it; `serverId` is the channel's own. */
  readonly id: string;
  /** Counts the channel's messages from 1. */
  readonly serverId: number;
  /** The encoded `Message`. */
  readonly content: Buffer;
  /** The `type` of its stanza, such as `text` or `media`. */
  readonly type: string;
  /** Seconds since the epoch. */
  readonly at: number;
  /** What people have reacted with, by their numbers. */
  readonly reactions: Map<string, string>;
}

/** Channels. */
export interface Newsletters extends Room {
  create(owner: Account, name: string, description?: string): NewsletterState;
  find(jid: string | undefined): NewsletterState | undefined;
  delete(jid: string): void;
  /** Posts a message: the clients of those who follow get it. */
  post(newsletter: NewsletterState, message: Pick<NewsletterMessage, "id" | "content" | "type">): NewsletterMessage;
}
