import type { DeleteContent, EditContent, ForwardContent, PinContent, PollContent, PollVoteContent } from "./content/chat-content.ts";
import type { Contact } from "./contact.ts";
import type { CallPermissionReplyContent, MediaPlaceholderContent } from "./content/inbound-content.ts";
import type { MediaContent } from "./content/media-content.ts";
import type {
  ButtonReplyContent,
  ButtonsContent,
  CtaUrlContent,
  FlowReplyContent,
  ListContent,
  ListReplyContent,
} from "./content/interactive-content.ts";
import type { TemplateContent } from "./content/template-content.ts";

/** Plain text. `preview` asks for a preview of the first link, which must then begin with http:// or https://. */
export interface TextContent {
  readonly kind: "text";
  /** Meta takes 4096 characters, Twilio 1600. */
  readonly text: string;
  /** Asks for a preview of the first link. */
  readonly preview?: boolean;
  /** Who is named in the text: each as `@` and the digits of their phone or LID, as they stand here. */
  readonly mentions?: readonly Contact[];
}

/** A place. Degrees, WGS 84. */
export interface LocationContent {
  readonly kind: "location";
  /** Degrees, -90 to 90. */
  readonly latitude: number;
  /** Degrees, -180 to 180. */
  readonly longitude: number;
  /** What the place is called. */
  readonly name?: string;
  /** The street and the town, in one line. */
  readonly address?: string;
  /** A page about the place; WhatsApp Web sends it, Meta and Twilio leave it out. */
  readonly url?: string;
}

/** One card of an address book. */
export interface ContactCard {
  /** `formatted` is the whole name, as it is shown. */
  readonly name: { readonly formatted: string; readonly first?: string; readonly last?: string };
  /** As the card has them; `whatsappId` is the number that WhatsApp knows, in digits, and makes it a chat at a tap. */
  readonly phones?: readonly { readonly phone: string; readonly type?: string; readonly whatsappId?: string }[];
  /** `type` is e.g. `WORK`. */
  readonly emails?: readonly { readonly email: string; readonly type?: string }[];
  /** Where the person works, and as what. */
  readonly organization?: { readonly company?: string; readonly department?: string; readonly title?: string };
  /** `type` is e.g. `WORK`. Where a channel gives a card as a file, its address. */
  readonly urls?: readonly { readonly url: string; readonly type?: string }[];
  /** Postal addresses; `countryCode` is ISO 3166, e.g. `BR`, and `type` e.g. `HOME`. */
  readonly addresses?: readonly {
    readonly street?: string;
    readonly city?: string;
    readonly state?: string;
    readonly zip?: string;
    readonly country?: string;
    readonly countryCode?: string;
    readonly type?: string;
  }[];
  /** `YYYY-MM-DD`. */
  readonly birthday?: string;
  /** The card as its owner's phone wrote it, where the vendor gives that. */
  readonly vcard?: string;
  /** Shared because it was asked for, by a button that asks for the person's number. */
  readonly requested?: boolean;
}

/** One or more cards of an address book. */
export interface ContactsContent {
  readonly kind: "contacts";
  /** At least one. */
  readonly contacts: readonly ContactCard[];
}

/** A reaction to a message; without `emoji` it takes the reaction back. */
export interface ReactionContent {
  readonly kind: "reaction";
  /** The vendor's id of the message reacted to. */
  readonly messageId: string;
  /** One emoji; absent takes the reaction back. */
  readonly emoji?: string;
}

/** A cart sent from the catalog. */
export interface OrderContent {
  readonly kind: "order";
  /** The vendor's id of the catalog. */
  readonly catalogId: string;
  /** What the person wrote beside it. */
  readonly text?: string;
  /** `productId` is the merchant's own id of the product; `price` is of one piece, as the vendor tells it, in `currency` (ISO 4217). */
  readonly items: readonly { readonly productId: string; readonly quantity: number; readonly price: number; readonly currency: string }[];
}

/** A message that the vendor could not hand over; `reason` is its own wording. */
export interface UnsupportedContent {
  readonly kind: "unsupported";
  /** The vendor's own wording. */
  readonly reason?: string;
  /** The vendor's word for what it was. */
  readonly vendorType?: string;
}

/** A message of a type this version does not know; the raw item is on the event. */
export interface UnknownContent {
  readonly kind: "unknown";
  /** The vendor's word for what it is. */
  readonly vendorType: string;
}

/** What can be sent. */
export type OutboundContent<Own = never> =
  | TextContent
  | MediaContent<Own>
  | LocationContent
  | ContactsContent
  | ReactionContent
  | TemplateContent<Own>
  | ButtonsContent<Own>
  | ListContent
  | CtaUrlContent<Own>
  | PollContent
  | PinContent
  | ForwardContent
  | EditContent
  | DeleteContent;

/** What can come in. Interactive kinds and templates appear as echoes of what the business sent elsewhere. */
export type InboundContent =
  | TextContent
  | MediaContent
  | LocationContent
  | ContactsContent
  | ReactionContent
  | TemplateContent
  | ButtonsContent
  | ListContent
  | CtaUrlContent
  | PollContent
  | PollVoteContent
  | PinContent
  | ButtonReplyContent
  | ListReplyContent
  | FlowReplyContent
  | CallPermissionReplyContent
  | OrderContent
  | MediaPlaceholderContent
  | UnsupportedContent
  | UnknownContent;

/** What a message says: a closed union by `kind`. */
export type Content = OutboundContent | InboundContent;

/** The kinds that can be sent. */
export type OutboundKind = OutboundContent["kind"];
