import type { FailureData } from "../errors/wadesk-error.ts";
import type { HealthFact } from "../status/health-fact.ts";
import type { MessageStatus } from "../status/message-status.ts";
import type { Connection, ConnectionFacts } from "./connection.ts";
import type { Contact } from "./contact.ts";
import type { ConversationObserved, ConversationTransferred, ConversionDetected, MarketingTracked } from "./conversation.ts";
import type {
  HistoryReceived,
  MessageEchoed,
  MessageEdited,
  MessageReceived,
  MessageRevoked,
  MessageStatusChanged,
} from "./message-facts.ts";
import type { VendorItem } from "./vendor-item.ts";

/** The person changed number, business-scoped id or keys. */
export interface ContactChanged extends VendorItem {
  readonly contact: Contact;
  readonly previous: Contact;
  readonly text?: string;
}

/** A template's review, quality or category moved. */
export interface TemplateChanged extends VendorItem {
  readonly templateId: string;
  readonly name: string;
  readonly language?: string;
  readonly change: "status" | "quality" | "category" | "components";
  readonly value?: string;
  readonly previous?: string;
  readonly reason?: string;
  /** What the vendor's reviewers say is wrong, and what would mend it. */
  readonly rejection?: { readonly reason?: string; readonly advice?: string };
}

/** Something changed about the number itself: its quality, its limit, its display name, its username. */
export interface NumberChanged extends VendorItem {
  readonly change: "quality" | "name" | "username" | "settings";
  readonly value?: string;
  readonly limit?: string;
  /** The display name or username it is about, which is without `@`. */
  readonly name?: string;
  /** Why it was refused. */
  readonly reason?: string;
}

/** Something changed about the vendor's account: a review, a ban, a restriction, a capability. */
export interface AccountChanged extends VendorItem {
  readonly change: string;
  readonly value?: string;
  /** Which part of the account: the name of a payment configuration, the id of a partner's solution. */
  readonly part?: string;
}

/** A call rings, was answered or ended. */
export interface CallChanged extends VendorItem {
  readonly callId: string;
  /** What the business gave the call as its own mark, where the vendor carries it back. */
  readonly reference?: string;
  readonly contact?: Contact;
  readonly change: string;
  readonly direction?: "inbound" | "outbound";
  /** How a call ended. */
  readonly outcome?: "completed" | "failed";
  /** How long it lasted after it was answered. */
  readonly durationSeconds?: number;
  /** The group that is called; absent in a chat of two. */
  readonly groupId?: string;
  readonly video?: boolean;
}

/** Somebody came or went, or began to write. */
export interface PresenceChanged extends VendorItem {
  readonly contact: Contact;
  /** The group they write in; absent in a chat of two. */
  readonly groupId?: string;
  readonly state: "available" | "unavailable" | "composing" | "recording" | "paused";
  /** When they were last there, in milliseconds since the epoch, where they let others know. */
  readonly lastSeenAt?: number;
}

/** The address book of the linked phone changed. */
export interface ContactsSynced extends VendorItem {
  readonly contacts: readonly { readonly contact: Contact; readonly action: "add" | "remove"; readonly at?: number }[];
}

/** The person opted in to or out of marketing. */
export interface PreferenceChanged extends VendorItem {
  readonly contact: Contact;
  readonly category: string;
  readonly value: string;
}

/** A group was made, changed or left. */
export interface GroupChanged extends VendorItem {
  readonly groupId?: string;
  readonly change: string;
  /** The vendor's id of the request that this answers. */
  readonly requestId?: string;
  /** Who asked to join, or no longer does. */
  readonly contact?: Contact;
  readonly added?: readonly Contact[];
  readonly removed?: readonly Contact[];
  /** Who is an admin now, or no longer. */
  readonly promoted?: readonly Contact[];
  readonly demoted?: readonly Contact[];
  /** What it is called, says of itself or was set to from now on, as text. */
  readonly value?: string;
  /** Why it was not done, or not for all that it was asked for: what did change stands beside it. */
  readonly failure?: FailureData;
}

/** A form's status or health moved. */
export interface FlowChanged extends VendorItem {
  readonly flowId?: string;
  readonly change: string;
}

/** The vendor reported an error that belongs to no message. */
export interface ProviderError extends VendorItem {
  readonly failure: FailureData;
}

/** Something this version has no word for. */
export interface UnknownEvent extends VendorItem {
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
  "presence.changed": PresenceChanged;
  "flow.changed": FlowChanged;
  "conversation.observed": ConversationObserved;
  "conversation.transferred": ConversationTransferred;
  "conversion.detected": ConversionDetected;
  "marketing.tracked": MarketingTracked;
  "provider.error": ProviderError;
  "event.unknown": UnknownEvent;
}

/** `noun.fact`, e.g. `message.received`. */
export type EventType = keyof EventFacts;

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
  /**
   * Where `orderKey` names a person by an id that lasts, and the event names their phone too: the order key of what names the phone alone. What waits
   * under that one comes first, and what is added under it afterwards counts as of `orderKey`.
   */
  readonly phoneOrderKey?: string;
  readonly type: Type;
  /** Milliseconds since the epoch, by the vendor's clock; 0 where the vendor gives no time, and then the moment at which it was taken in. */
  readonly at: number;
  readonly data: EventFacts[Type];
  readonly health?: HealthFact;
  /** What it says of the connection beside its health. */
  readonly facts?: ConnectionFacts;
}

/** A fact that came in, as a channel's normaliser gives it: pure, and nobody's yet. Discriminated by `type`. */
export type InboundEvent<Type extends EventType = EventType> = { [Each in Type]: InboundOf<Each> }[Type];

/** An inbound event that was found to belong to a connection. Stored in the inbox. */
export type OwnedEvent = InboundEvent & {
  readonly workspaceId: string;
  readonly connectionId: string;
  /** Whose secret verified it, where it is the one that is kept with the connection; absent where nobody's did, or the settings alone say so. */
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
  /**
   * Which conversation it belongs to: a number and a person, or a number and a group; absent where it belongs to none. The same for all of a person's events, by
   * whichever name the vendor calls them, from the one on that tells both of their names: the id that lasts is what it goes by then.
   */
  readonly chat?: string;
  readonly data: WadeskEvents[Type];
}

/** An event as `process` and `on` hand it over. */
export type WadeskEvent<Type extends EventType = EventType> = { [Each in Type]: EventOf<Each> }[Type];
