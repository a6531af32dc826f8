import type { FailureData } from "../errors/wadesk-error.ts";
import type { MessageStatus } from "../status/message-status.ts";
import type { OutboundContent } from "./content.ts";
import type { Recipient } from "./group.ts";

/** A message on its way to a channel. */
export interface OutboundMessage {
  /** Our id, e.g. `msg_…`. */
  readonly id: string;
  /** Whom it goes to. */
  readonly to: Recipient;
  /** What it says: files by reference alone, since bytes were brought to the vendor. */
  readonly content: OutboundContent;
  /** The vendor's id of the message this one answers. */
  readonly replyTo?: string;
  /** What the channel has in `fallbacks` may go out as text. */
  readonly fallback?: "text";
  /**
   * Whether it begins a chat: between the contact and this number nothing was said within 180 days that core knows of. Told to channels with a rule for their
   * numbers.
   */
  readonly opensChat?: boolean;
}

/** The vendor's word that it took the message. */
export interface SendReceipt {
  /** The vendor's id of the message, by which `message.status` and `replyTo` name it. */
  readonly providerId: string;
  /** Milliseconds since the epoch. */
  readonly acceptedAt: number;
}

/** One sent message as it is stored. */
export interface MessageRow {
  /** Our id, e.g. `msg_…`. */
  readonly id: string;
  /** The tenant that sent it. */
  readonly workspaceId: string;
  /** The connection that it goes or went out from. */
  readonly connectionId: string;
  /** Whom it goes to. */
  readonly to: Recipient;
  /** The key that `send` was given, which never sends twice in this workspace. */
  readonly idempotencyKey?: string;
  /** A digest of recipient and content, so that a key reused for another message is noticed. */
  readonly fingerprint: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** It waits for its turn: nothing was handed to a vendor yet, so another connection may still take it. Absent of all others. */
  readonly waiting?: true;
  /** Absent until the vendor accepted the message, or when its answer was lost. */
  readonly receipt?: SendReceipt;
  /** How far it got. */
  readonly status: MessageStatus;
  /** Since when, in milliseconds since the epoch. */
  readonly statusAt: number;
  /** Why it failed, where `status` is `failed`. */
  readonly failure?: FailureData;
}
