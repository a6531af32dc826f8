import type { MessageStatus } from "../../status/message-status.ts";
import type { Contact } from "../contact.ts";
import type { InboundContent } from "../content.ts";
import type { VendorItem } from "../vendor-item.ts";

/**
 * Something happened in a conversation that another sender of the same number handles at the moment, e.g. the vendor's own assistant. It is for
 * reading along: whoever answers takes the conversation over.
 */
export interface ConversationObserved extends VendorItem {
  /** The vendor's id of the message. */
  readonly messageId: string;
  /** The person of the conversation. */
  readonly contact?: Contact;
  /** The group it happened in; absent in a chat of two. */
  readonly groupId?: string;
  /** True of what the other sender sent, and of what became of it; false of what the person wrote. */
  readonly fromBusiness: boolean;
  /** What was said; absent where `status` tells what became of it. */
  readonly content?: InboundContent;
  /** What became of a message that the other sender sent. */
  readonly status?: MessageStatus;
}

/** A conversation changed hands between the senders of a number: from now on it is ours to answer, or it no longer is. */
export interface ConversationTransferred extends VendorItem {
  /** Absent where the vendor does not say whose conversation it is. */
  readonly contact?: Contact;
  /** `gained`: it is ours to answer from now on. */
  readonly change: "gained" | "lost";
  /** Who had it and who has it now, in the vendor's words, e.g. `ai_agent`. */
  readonly previous?: string;
  /** Who has it now, in the vendor's word. */
  readonly current?: string;
  /** What the side that handed it over said. */
  readonly note?: string;
  /** What was said so far, summed up by the vendor's model: for people to read. */
  readonly summary?: string;
}

/** The vendor takes a conversation that an ad led to for a sale or a lead. */
export interface ConversionDetected extends VendorItem {
  /** The vendor's id of the message that it was found in. */
  readonly messageId: string;
  /** `lead`, `purchase`, or the vendor's word for another. */
  readonly conversion: string;
  /** The click on the ad, as in `referral.clickId`. */
  readonly clickId?: string;
  /** ISO 4217. */
  readonly currency?: string;
  /** As the vendor counts it, in the unit that it documents. */
  readonly value?: number;
}

/** Somebody did something with a marketing message, e.g. tapped its link. The vendor names neither the person nor the message. */
export interface MarketingTracked extends VendorItem {
  /** The vendor's word, e.g. `marketing_messages_link_click`. */
  readonly action: string;
  /** Stands in the address that the link opens, too. */
  readonly clickId?: string;
  /** The vendor's own mark, the same on all that belongs to one message. */
  readonly token?: string;
  /** The part that was tapped: `cta` or `body`. */
  readonly part?: string;
  /** The vendor's id of the product that was tapped. */
  readonly productId?: string;
}
