import type { FailureData } from "../errors/wadesk-error.ts";
import type { MessageStatus } from "../status/message-status.ts";
import type { Contact } from "./contact.ts";
import type { OutboundContent } from "./content.ts";

/** A message on its way to a channel. */
export interface OutboundMessage {
  /** Our id, e.g. `msg_…`. */
  readonly id: string;
  readonly to: Contact;
  readonly content: OutboundContent;
  /** The vendor's id of the message this one answers. */
  readonly replyTo?: string;
}

/** The vendor's word that it took the message. */
export interface SendReceipt {
  readonly providerId: string;
  /** Milliseconds since the epoch. */
  readonly acceptedAt: number;
}

/** One sent message as it is stored. */
export interface MessageRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly connectionId: string;
  readonly to: Contact;
  readonly idempotencyKey?: string;
  /** A digest of recipient and content, so that a key reused for another message is noticed. */
  readonly fingerprint: string;
  readonly createdAt: number;
  /** It waits for its turn: nothing was handed to a vendor yet, so another connection may still take it. Absent of all others. */
  readonly waiting?: true;
  /** Absent until the vendor accepted the message, or when its answer was lost. */
  readonly receipt?: SendReceipt;
  readonly status: MessageStatus;
  readonly statusAt: number;
  readonly failure?: FailureData;
}
