import type { ErrorCode } from "../errors/error-table.ts";
import type { FailureData } from "../errors/wadesk-error.ts";
import type { MessageStatus } from "../status/message-status.ts";
import type { Connection } from "./connection.ts";
import type { Contact } from "./contact.ts";
import type { InboundContent } from "./content.ts";

/** The vendor's own item, untouched. */
interface Raw {
  readonly raw: unknown;
}

/** A message that came in. */
export interface MessageReceived extends Raw {
  readonly messageId: string;
  readonly contact: Contact;
  readonly content: InboundContent;
  /** The vendor's id of the message this one answers. */
  readonly replyTo?: string;
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
  };
}

/** A message the business sent from elsewhere: its phone app, another tool. */
export interface MessageEchoed extends Raw {
  readonly messageId: string;
  readonly contact: Contact;
  readonly content: InboundContent;
}

/** A message was changed by its author. */
export interface MessageEdited extends Raw {
  readonly messageId: string;
  readonly contact: Contact;
  readonly content: InboundContent;
}
/** A message was taken back by its author. */
export interface MessageRevoked extends Raw {
  readonly messageId: string;
  readonly contact: Contact;
}

/** What became of a sent message. */
export interface MessageStatusChanged extends Raw {
  /** The vendor's id, as in the receipt of `send`. */
  readonly messageId: string;
  /** Our own id of the message, where the vendor carries it back. */
  readonly reference?: string;
  readonly contact?: Contact;
  readonly status: MessageStatus;
  readonly failure?: FailureData;
  readonly pricing?: { readonly billable?: boolean; readonly category?: string; readonly model?: string; readonly type?: string };
}

/** The person changed number, business-scoped id or name. */
export interface ContactChanged extends Raw {
  readonly contact: Contact;
  readonly previous: Contact;
  readonly text?: string;
}

/** A template's review, quality or category moved. */
export interface TemplateChanged extends Raw {
  readonly templateId: string;
  readonly name: string;
  readonly language?: string;
  readonly change: "status" | "quality" | "category" | "components";
  readonly value?: string;
  readonly previous?: string;
  readonly reason?: string;
}

/** Something changed about the number itself: its quality, its limit, its display name. */
export interface NumberChanged extends Raw {
  readonly change: "quality" | "name" | "settings";
  readonly value?: string;
  readonly limit?: string;
}

/** Something changed about the vendor's account: a review, a ban, a restriction, a capability. */
export interface AccountChanged extends Raw {
  readonly change: string;
  readonly value?: string;
}

/** A call rings, was answered or ended. */
export interface CallChanged extends Raw {
  readonly callId: string;
  readonly contact?: Contact;
  readonly change: string;
  readonly direction?: "inbound" | "outbound";
}

/** A chunk of past conversations, after a coexistence link. */
export interface HistoryReceived extends Raw {
  readonly phase?: number;
  readonly chunk?: number;
  /** Percent. */
  readonly progress?: number;
  readonly messages: readonly {
    readonly messageId: string;
    readonly contact: Contact;
    readonly fromBusiness: boolean;
    readonly at: number;
    readonly content: InboundContent;
  }[];
  readonly failure?: FailureData;
}

/** The address book of the linked phone changed. */
export interface ContactsSynced extends Raw {
  readonly contacts: readonly { readonly contact: Contact; readonly action: "add" | "remove"; readonly at?: number }[];
}

/** The person opted in to or out of marketing. */
export interface PreferenceChanged extends Raw {
  readonly contact: Contact;
  readonly category: string;
  readonly value: string;
}

/** A group was made, changed or left. */
export interface GroupChanged extends Raw {
  readonly groupId?: string;
  readonly change: string;
}

/** A form's status or health moved. */
export interface FlowChanged extends Raw {
  readonly flowId?: string;
  readonly change: string;
}

/** The vendor reported an error that belongs to no message. */
export interface ProviderError extends Raw {
  readonly failure: FailureData;
}

/** Something this version has no word for. */
export interface UnknownEvent extends Raw {
  readonly field?: string;
}

/** What each event type says, before it is known whose it is. A channel may add its own types by declaration merging. */
export interface EventFacts {
  "message.received": MessageReceived;
  "message.echoed": MessageEchoed;
  "message.edited": MessageEdited;
  "message.revoked": MessageRevoked;
  "message.status": MessageStatusChanged;
  "contact.changed": ContactChanged;
  "template.changed": TemplateChanged;
  "number.changed": NumberChanged;
  "account.changed": AccountChanged;
  "call.changed": CallChanged;
  "history.received": HistoryReceived;
  "contacts.synced": ContactsSynced;
  "preference.changed": PreferenceChanged;
  "group.changed": GroupChanged;
  "flow.changed": FlowChanged;
  "provider.error": ProviderError;
  "event.unknown": UnknownEvent;
}

/** `noun.fact`, e.g. `message.received`. */
export type EventType = keyof EventFacts;

/** What a fact says about the health of the connection it concerns. */
export type HealthFact =
  | { readonly type: "alive" }
  | { readonly type: "closed"; readonly reason: "unlinked" | "phone_inactive" | "connection_lost" | "replaced" }
  | { readonly type: "failed"; readonly code: ErrorCode }
  | { readonly type: "restricted"; readonly reason: string; readonly until?: number }
  | { readonly type: "unrestricted" };

interface InboundOf<Type extends EventType> {
  /** Same on every redelivery: `<route>|<chat>|<participant>|<provider id>[|<status>]`; a hash of the value where the vendor gives no id. */
  readonly key: string;
  /** The connection it belongs to; of an account-wide fact, the account (`cloud-api:<WABA id>`). */
  readonly route: string;
  /** Present when `route` names an account: every workspace with a connection on it gets the event once. */
  readonly scope?: "account";
  /** With `scope`: the one number of the account that the fact concerns, in E.164, so that its neighbours do not hear of it. */
  readonly phone?: string;
  /** Events with the same order key are processed in order: connection and contact. */
  readonly orderKey: string;
  readonly type: Type;
  /** Milliseconds since the epoch, by the vendor's clock; 0 where the vendor gives no time, and then the moment at which it was taken in. */
  readonly at: number;
  readonly data: EventFacts[Type];
  readonly health?: HealthFact;
}

/** A fact that came in, as a channel's normaliser gives it: pure, and nobody's yet. Discriminated by `type`. */
export type InboundEvent<Type extends EventType = EventType> = { [Each in Type]: InboundOf<Each> }[Type];

/** An inbound event that was found to belong to a connection. Stored in the inbox. */
export type OwnedEvent = InboundEvent & {
  readonly workspaceId: string;
  readonly connectionId: string;
  /** Whose secret verified it; absent where nobody's did. */
  readonly speaker?: string;
};

/** What each event type hands to a handler: the fact and the connection it came in on. */
export type WadeskEvents = {
  [Type in EventType]: EventFacts[Type] & { readonly connection: Connection } & (Type extends "message.status"
      ? {
          /** Our message, where it was sent through `send`. */
          readonly message?: { readonly id: string };
          /** Where the ladder stands after this update; it never moves back, whatever order updates arrive in. */
          readonly standing: MessageStatus;
        }
      : unknown);
};

interface EventOf<Type extends EventType> {
  /** Use it as your own idempotency key: it is the same on every attempt and redelivery. */
  readonly key: string;
  readonly type: Type;
  readonly at: number;
  readonly workspaceId: string;
  readonly data: WadeskEvents[Type];
}

/** An event as `process` and `on` hand it over. */
export type WadeskEvent<Type extends EventType = EventType> = { [Each in Type]: EventOf<Each> }[Type];
