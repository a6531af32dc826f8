import type { Contact } from "../model/contact.ts";
import type { MediaData } from "../model/content/media-content.ts";
import type { OutboundContent } from "../model/content.ts";
import type { GroupAddress } from "../model/group.ts";
import type { SendReceipt } from "../model/message.ts";

/** A message to send. */
export interface SendRequest {
  /** A phone as `+` with country code and number, a contact as an event gave it, or `{ groupId }` where the channel writes to groups. */
  readonly to: string | Contact | GroupAddress;
  /**
   * Wherever it names a file, the file's bytes may stand: `media: { data, mimeType }`. They are brought to the vendor first. A channel that takes
   * files by their address alone rejects them with `content_unsupported`.
   */
  readonly content: OutboundContent<MediaData>;
  /**
   * The id of the connection to send from. Without it, the workspace's primary one; on a channel with a rule for its numbers, such as WhatsApp Web, the one that
   * the contact last spoke with, or for somebody new one of those that are connected.
   */
  readonly from?: string;
  /** The vendor's id of the message this one answers. */
  readonly replyTo?: string;
  /**
   * Buttons, lists, links with a label and templates may go out as text on a channel that has none of them: the options are numbered, and what answers a
   * number comes in as if it had been tapped, with what was written as `text`. A channel that has them sends them as they are.
   */
  readonly fallback?: "text";
  /** The same key never sends twice; a repeat answers the first receipt. */
  readonly idempotencyKey?: string;
}

/** What a message may say beside where it goes and what it says. */
export type SendOptions = Omit<SendRequest, "to" | "content">;

/** What `send` answers. */
export interface SentMessage extends SendReceipt {
  /** Our id. */
  readonly id: string;
  /** The connection that it went out from. */
  readonly connectionId: string;
}
