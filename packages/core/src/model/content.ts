import type { DeleteContent, EditContent, ForwardContent, PinContent, PollContent, PollVoteContent } from "./content/chat-content.ts";
import type { Contact } from "./contact.ts";
import type { CallPermissionReplyContent, MediaPlaceholderContent } from "./content/inbound-content.ts";
import type { MediaContent, MediaReference } from "./content/media-content.ts";

/** Plain text. `preview` asks for a preview of the first link, which must then begin with http:// or https://. */
export interface TextContent {
  readonly kind: "text";
  readonly text: string;
  readonly preview?: boolean;
  /** Who is named in the text: each as `@` and the digits of their phone or LID, as they stand here. */
  readonly mentions?: readonly Contact[];
}

/** A place. Degrees, WGS 84. */
export interface LocationContent {
  readonly kind: "location";
  readonly latitude: number;
  readonly longitude: number;
  readonly name?: string;
  readonly address?: string;
  readonly url?: string;
}

/** One card of an address book. */
export interface ContactCard {
  readonly name: { readonly formatted: string; readonly first?: string; readonly last?: string };
  readonly phones?: readonly { readonly phone: string; readonly type?: string; readonly whatsappId?: string }[];
  readonly emails?: readonly { readonly email: string; readonly type?: string }[];
  readonly organization?: { readonly company?: string; readonly department?: string; readonly title?: string };
  readonly urls?: readonly { readonly url: string; readonly type?: string }[];
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
  readonly contacts: readonly ContactCard[];
}

/** A reaction to a message; without `emoji` it takes the reaction back. */
export interface ReactionContent {
  readonly kind: "reaction";
  /** The vendor's id of the message reacted to. */
  readonly messageId: string;
  readonly emoji?: string;
}

/** A value that fills a place in a template. */
export type TemplateParameter<Own = never> =
  | { readonly type: "text"; readonly text: string; readonly name?: string }
  | { readonly type: "currency"; readonly code: string; readonly amount: number; readonly fallback: string; readonly name?: string }
  | { readonly type: "date"; readonly fallback: string; readonly name?: string }
  | { readonly type: "image" | "video"; readonly media: MediaReference | Own }
  | { readonly type: "document"; readonly media: MediaReference | Own; readonly fileName?: string }
  | { readonly type: "location"; readonly latitude: number; readonly longitude: number; readonly name?: string; readonly address?: string };

/** A template's button that takes a value: a quick reply's payload, the end of a URL, or a code to copy. `index` counts from 0. */
export interface TemplateButton {
  readonly type: "quick_reply" | "url" | "copy_code";
  readonly index: number;
  readonly value: string;
  /** What stands on it, for a channel that sends the template as text. */
  readonly title?: string;
}

/**
 * A template that the vendor approved. `language` is its code, e.g. `pt_BR`. `text` is what it says, with `{{1}}` or `{{name}}` where parameters stand: for a
 * channel that knows no templates and is told `fallback: "text"`; others leave it out.
 */
export interface TemplateContent<Own = never> {
  readonly kind: "template";
  readonly name: string;
  readonly language: string;
  readonly text?: string;
  readonly header?: TemplateParameter<Own>;
  readonly body?: readonly TemplateParameter<Own>[];
  readonly buttons?: readonly TemplateButton[];
}

/** What may stand above interactive content. */
export type InteractiveHeader<Own = never> =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "image" | "video"; readonly media: MediaReference | Own }
  | { readonly type: "document"; readonly media: MediaReference | Own; readonly fileName?: string };

/** One to three buttons that answer with their id. */
export interface ButtonsContent<Own = never> {
  readonly kind: "buttons";
  readonly text: string;
  readonly buttons: readonly { readonly id: string; readonly title: string }[];
  readonly header?: InteractiveHeader<Own>;
  readonly footer?: string;
}

/** A menu of up to ten rows in sections. */
export interface ListContent {
  readonly kind: "list";
  readonly text: string;
  /** The text on the button that opens the list. */
  readonly button: string;
  readonly sections: readonly {
    readonly title?: string;
    readonly rows: readonly { readonly id: string; readonly title: string; readonly description?: string }[];
  }[];
  readonly header?: string;
  readonly footer?: string;
}

/** A button that opens a web page. */
export interface CtaUrlContent<Own = never> {
  readonly kind: "cta_url";
  readonly text: string;
  readonly label: string;
  readonly url: string;
  readonly header?: InteractiveHeader<Own>;
  readonly footer?: string;
}

/** A tap on a button. `id` is the button's id, or the payload of a template's quick reply. */
export interface ButtonReplyContent {
  readonly kind: "button_reply";
  readonly id: string;
  readonly title: string;
  /** What the person wrote, where the buttons went out as numbered text. */
  readonly text?: string;
}

/** A row chosen from a list. */
export interface ListReplyContent {
  readonly kind: "list_reply";
  readonly id: string;
  readonly title: string;
  readonly description?: string;
  /** What the person wrote, where the list went out as numbered text. */
  readonly text?: string;
}

/** A form that was filled in. `response` is its parsed JSON, or the text itself when it is no JSON or too deep or large for it. */
export interface FlowReplyContent {
  readonly kind: "flow_reply";
  readonly name?: string;
  readonly text?: string;
  readonly response: unknown;
}

/** A cart sent from the catalog. */
export interface OrderContent {
  readonly kind: "order";
  readonly catalogId: string;
  readonly text?: string;
  readonly items: readonly { readonly productId: string; readonly quantity: number; readonly price: number; readonly currency: string }[];
}

/** A message that the vendor could not hand over; `reason` is its own wording. */
export interface UnsupportedContent {
  readonly kind: "unsupported";
  readonly reason?: string;
  readonly vendorType?: string;
}

/** A message of a type this version does not know; the raw item is on the event. */
export interface UnknownContent {
  readonly kind: "unknown";
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
