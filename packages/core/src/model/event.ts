import type { FailureData } from "../errors/wadesk-error.ts";
import type { HealthFact } from "../status/health-fact.ts";
import type { MessageStatus } from "../status/message-status.ts";
import type {
  AccountChanged,
  CallChanged,
  ContactChanged,
  ContactsSynced,
  FlowChanged,
  GroupChanged,
  NumberChanged,
  PreferenceChanged,
  PresenceChanged,
  TemplateChanged,
} from "./facts/changes.ts";
import type { Connection, ConnectionFacts } from "./connection.ts";
import type { ConversationObserved, ConversationTransferred, ConversionDetected, MarketingTracked } from "./facts/conversation.ts";
import type {
  HistoryReceived,
  MessageEchoed,
  MessageEdited,
  MessageReceived,
  MessageRevoked,
  MessageStatusChanged,
} from "./facts/message-facts.ts";
import type { VendorItem } from "./vendor-item.ts";

/** The vendor reported an error that belongs to no message. */
export interface ProviderError extends VendorItem {
  /** What the vendor said, and what to do. */
  readonly failure: FailureData;
}

/** Something this version has no word for. */
export interface UnknownEvent extends VendorItem {
  /** Where in the vendor's webhook it stood. */
  readonly field?: string;
}

/** What each event type says, before it is known whose it is. A channel may add its own types by declaration merging. */
export interface EventFacts {
  /** A person wrote: text, a file, a tap on a button, a vote. */
  "message.received": MessageReceived;
  /** The business wrote from elsewhere: its phone, another tool. */
  "message.echoed": MessageEchoed;
  /** A message has other words now. */
  "message.edited": MessageEdited;
  /** A message was taken back for everybody. */
  "message.revoked": MessageRevoked;
  /** A sent message got further, or failed. */
  "message.status": MessageStatusChanged;
  /** A person has another number, id or key. */
  "contact.changed": ContactChanged;
  /** A template's review, quality or category moved. */
  "template.changed": TemplateChanged;
  /** The number's quality, limit, name or username. */
  "number.changed": NumberChanged;
  /** The vendor's account: a review, a ban, a restriction. Everybody with a number on it hears it. */
  "account.changed": AccountChanged;
  /** A call rings, was answered or ended. */
  "call.changed": CallChanged;
  /** Past conversations, a chunk at a time, after a number was linked. */
  "history.received": HistoryReceived;
  /** The address book of the phone changed. */
  "contacts.synced": ContactsSynced;
  /** A person opted in to or out of marketing. */
  "preference.changed": PreferenceChanged;
  /** A group was made, changed or left. */
  "group.changed": GroupChanged;
  /** A person came, went or is writing. */
  "presence.changed": PresenceChanged;
  /** A form's status or health moved. */
  "flow.changed": FlowChanged;
  /** What is said in a conversation that another sender of the number handles. */
  "conversation.observed": ConversationObserved;
  /** A conversation is ours to answer, or no longer. */
  "conversation.transferred": ConversationTransferred;
  /** The vendor counts a sale or a lead that began with an ad. */
  "conversion.detected": ConversionDetected;
  /** Somebody tapped a marketing message. */
  "marketing.tracked": MarketingTracked;
  /** The vendor reports an error that belongs to no message. */
  "provider.error": ProviderError;
  /** The vendor sent what this version has no word for; `raw` has all of it. */
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
  /** The tenant whose it is. */
  readonly workspaceId: string;
  /** Our id of the connection that it came in on. */
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
