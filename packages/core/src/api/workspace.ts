import type { ErrorCode } from "../errors/error-table.ts";
import type { Connection } from "../model/connection.ts";
import type { Contact } from "../model/contact.ts";
import type { OutboundContent } from "../model/content.ts";
import type { MessageRow, SendReceipt } from "../model/message.ts";
import type { AnyChannel, ChannelOf, DetailsOf, InputOf } from "../ports/channel.ts";
import type { LinkStep } from "../ports/context.ts";
import type { ReadMark } from "../ports/line.ts";
import type { Page } from "../ports/stores/page.ts";
import type { ConnectionState } from "../status/connection-status.ts";

/**
 * A connection being made, the same for every channel: a promise of the connection that can also be iterated for its steps, or cancelled.
 * Iterating ends with the connection and throws what went wrong, as awaiting does.
 */
export interface Linking<Details> extends Promise<Connection<Details>>, AsyncIterable<LinkStep> {
  readonly connectionId: string;
  /** Resolves when the attempt has ended. Too late once the connection is stored: then it stands, and `disconnect` ends it. */
  cancel(): Promise<void>;
}

/** A message to send. */
export interface SendRequest {
  /** A phone as `+` with country code and number, or a contact as an event gave it. */
  readonly to: string | Contact;
  readonly content: OutboundContent;
  /** The id of the connection to send from; without it, the workspace's primary one. */
  readonly from?: string;
  /** The vendor's id of the message this one answers. */
  readonly replyTo?: string;
  /** The same key never sends twice; a repeat answers the first receipt. */
  readonly idempotencyKey?: string;
}

/** What `send` answers. */
export interface SentMessage extends SendReceipt {
  /** Our id. */
  readonly id: string;
  readonly connectionId: string;
}

/** Which connections to list, and where to go on. */
export interface ListRequest {
  readonly state?: ConnectionState;
  readonly region?: string;
  /** 50 when absent, 200 at most. */
  readonly limit?: number;
  readonly cursor?: string;
}

/** One page of connections and how many there are of each state, whatever the filter. */
export interface ConnectionList extends Page<Connection> {
  readonly counts: { readonly all: number } & Readonly<Record<ConnectionState, number>>;
  /** The channel in force; connections of others are not listed. */
  readonly channel: string;
}

/** What is left to the process that keeps a connection's session. */
export interface IntentView {
  readonly action: "check" | "disconnect" | "remove";
  /** When it was asked for, in milliseconds since the epoch. */
  readonly at: number;
  /** Why it could not be done; absent while it waits. */
  readonly failed?: ErrorCode;
}

/** One tenant's side of the client. */
export interface Workspace<List extends AnyChannel> {
  readonly id: string;
  connect<Kind extends List["kind"]>(
    kind: Kind,
    input: InputOf<ChannelOf<List, Kind>> & { readonly label?: string },
  ): Linking<DetailsOf<ChannelOf<List, Kind>>>;
  /** New credentials on the same connection, for the same number. A webhook secret of the same account still counts for 24 hours. */
  reconnect<Kind extends List["kind"]>(
    id: string,
    kind: Kind,
    input: InputOf<ChannelOf<List, Kind>>,
  ): Linking<DetailsOf<ChannelOf<List, Kind>>>;
  /** The connections of the channel in force, oldest first. */
  list(request?: ListRequest): Promise<ConnectionList>;
  /** One connection of any channel. Rejects with `connection_not_found`. */
  get(id: string): Promise<Connection>;
  /** The steps of a connection that is being made, newest last, in whichever process that happens. */
  steps(id: string): Promise<readonly LinkStep[]>;
  setPrimary(id: string): Promise<void>;
  rename(id: string, label: string): Promise<Connection>;
  /** Ends an attempt to link a number, in whichever process it runs; one that is not being linked is left as it is. */
  cancel(id: string): Promise<void>;
  /**
   * Ends it with the vendor and keeps the row, so that it can be reconnected. Where another process keeps its session, that one does it within two
   * seconds, and the answer is the connection as it stands before.
   */
  disconnect(id: string): Promise<Connection>;
  /** Disconnects if need be, then forgets the connection and all that belongs to it; left to the process that keeps its session like `disconnect`. */
  remove(id: string): Promise<void>;
  /** Asks the vendor how the connection is, and answers it as it now stands; left to the process that keeps its session like `disconnect`. */
  check(id: string): Promise<Connection>;
  /** What was left to the process that keeps the connection's session and is not done, or failed within the last hour. */
  intent(id: string): Promise<IntentView | undefined>;
  send(request: SendRequest): Promise<SentMessage>;
  /** A message sent before, and how far it got. */
  message(id: string): Promise<MessageRow | undefined>;
  /** Tells the person that their message was read. Rejects with `content_unsupported` where the channel cannot. */
  markRead(mark: ReadMark & { readonly from?: string }): Promise<void>;
}
