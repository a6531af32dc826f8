import type { FailureData } from "../../errors/wadesk-error.ts";
import type { MessageStatus } from "../../status/message-status.ts";
import type { Contact } from "../contact.ts";
import type { InboundContent } from "../content.ts";
import type { VendorItem } from "../vendor-item.ts";

/** A message that came in. */
export interface MessageReceived extends VendorItem {
  /** The vendor's id of the message: `replyTo` of an answer, and what `markRead` takes. */
  readonly messageId: string;
  /** Who wrote: `to` of an answer. */
  readonly contact: Contact;
  /** What it says: a closed union by `kind`. */
  readonly content: InboundContent;
  /** The vendor's id of the message this one answers. */
  readonly replyTo?: string;
  /** Whether it was passed on from another chat. */
  readonly forwarded?: boolean;
  /** The group it was written in; absent in a chat of two. */
  readonly groupId?: string;
  /** Where a click on an ad or a link led here from. */
  readonly referral?: {
    readonly sourceUrl?: string;
    readonly sourceId?: string;
    readonly sourceType?: string;
    readonly headline?: string;
    readonly body?: string;
    readonly clickId?: string;
    /** What the ad showed, e.g. `image` or `video`, and where it lies. */
    readonly mediaType?: string;
    readonly imageUrl?: string;
    readonly videoUrl?: string;
    readonly thumbnailUrl?: string;
    /** The greeting that the ad opened the chat with. */
    readonly greeting?: string;
  };
  /** The product of the catalog that the person asks about. */
  readonly product?: { readonly productId: string; readonly catalogId?: string };
  /** What was said before somebody else handed the conversation over, summed up by the vendor's model: for people to read. */
  readonly summary?: string;
}

/** A message the business sent from elsewhere: its phone app, another tool. */
export interface MessageEchoed extends VendorItem {
  /** The vendor's id of the message. */
  readonly messageId: string;
  /** Whom it was sent to. */
  readonly contact: Contact;
  /** What it says. */
  readonly content: InboundContent;
  /** The vendor's id of the message this one answers. */
  readonly replyTo?: string;
  /** Whether it was passed on from another chat. */
  readonly forwarded?: boolean;
  /** The group it was sent to; absent in a chat of two. */
  readonly groupId?: string;
}

/** A message was changed by its author. */
export interface MessageEdited extends VendorItem {
  /** The vendor's id of the message that was changed. */
  readonly messageId: string;
  /** The person of the chat, whoever changed the message. */
  readonly contact: Contact;
  /** What it says from now on. */
  readonly content: InboundContent;
  /** Whose message it is: the business's own, changed on its phone, or the person's. */
  readonly fromBusiness: boolean;
  /** The group it stands in; absent in a chat of two. */
  readonly groupId?: string;
}

/** A message was taken back by its author. */
export interface MessageRevoked extends VendorItem {
  /** The vendor's id of the message that was taken back. */
  readonly messageId: string;
  /** The person of the chat, whoever took the message back. */
  readonly contact: Contact;
  /** Whose message it was: the business's own, taken back on its phone, or the person's. */
  readonly fromBusiness: boolean;
  /** The group it stood in; absent in a chat of two. */
  readonly groupId?: string;
}

/** What became of a sent message. */
export interface MessageStatusChanged extends VendorItem {
  /** The vendor's id, as in the receipt of `send`. */
  readonly messageId: string;
  /** Our own id of the message, where the vendor carries it back. */
  readonly reference?: string;
  /** Whom it reached: in a group, the participant, where the vendor says which. */
  readonly contact?: Contact;
  /** The group it was sent to; absent in a chat of two. */
  readonly groupId?: string;
  /** Where it stands now, by what this event says; `message(id)` has how far it got in all. */
  readonly status: MessageStatus;
  /** Why it failed, where `status` is `failed`. */
  readonly failure?: FailureData;
  /** How the vendor counts it: `category` e.g. `marketing`, `model` e.g. `PMP`, in its own words. No amount of money is told. */
  readonly pricing?: { readonly billable?: boolean; readonly category?: string; readonly model?: string; readonly type?: string };
}

/** A chunk of past conversations, after a coexistence link. */
export interface HistoryReceived extends VendorItem {
  /** Which stretch of the past this is, as the vendor counts. */
  readonly phase?: number;
  /** Which piece of the phase this is, as the vendor counts. */
  readonly chunk?: number;
  /** Percent. */
  readonly progress?: number;
  /** What was said, `at` in milliseconds since the epoch. */
  readonly messages: readonly {
    readonly messageId: string;
    readonly contact: Contact;
    readonly fromBusiness: boolean;
    readonly at: number;
    readonly content: InboundContent;
    /** The group it stands in; absent in a chat of two. */
    readonly groupId?: string;
    /** How far it had come. */
    readonly status?: MessageStatus;
  }[];
  /** Why there is no past, e.g. that its owner shares none. */
  readonly failure?: FailureData;
}
