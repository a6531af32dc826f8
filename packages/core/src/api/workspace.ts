import type { ErrorCode } from "../errors/error-table.ts";
import type { Connection } from "../model/connection.ts";
import type { Contact } from "../model/contact.ts";
import type { FileData, MediaContent, MediaFile } from "../model/content/media-content.ts";
import type { MessageRow } from "../model/message.ts";
import type { AnyChannel, ChannelOf, DetailsOf, InputOf } from "../ports/channel.ts";
import type { LinkStep } from "../ports/context.ts";
import type { ReadMark } from "../ports/line.ts";
import type { OperationsOf } from "../ports/operations.ts";
import type { ConnectionChanges, RegionCount } from "../ports/stores/connection-store.ts";
import type { Page } from "../ports/stores/page.ts";
import type { ConnectionState } from "../status/connection-status.ts";
import type { WorkspaceGroups } from "./groups.ts";
import type { SendOptions, SendRequest, SentMessage } from "./sending.ts";
import type { Signup, SignupUser } from "./signup.ts";

/**
 * A connection being made, the same for every channel: a promise of the connection that can also be iterated for its steps, or cancelled.
 * Iterating ends with the connection and throws what went wrong, as awaiting does.
 */
export interface Linking<Details> extends Promise<Connection<Details>>, AsyncIterable<LinkStep> {
  /** Our id of the connection, known before it is made: for `steps` and `cancel` in another process. */
  readonly connectionId: string;
  /** Resolves when the attempt has ended. Too late once the connection is stored: then it stands, and `disconnect` ends it. */
  cancel(): Promise<void>;
}

/** Which connections to list, and where to go on. */
export interface ListRequest {
  /** Only those in this state, as it is now: a phone that fell silent counts as disconnected. */
  readonly state?: ConnectionState;
  /** ISO 3166 country of the phone, e.g. `BR`. */
  readonly region?: string;
  /** Part of a label, in whichever case, or of a number by its digits; 200 characters at most. Blanks alone ask for nothing. */
  readonly search?: string;
  /** 50 when absent, 200 at most. */
  readonly limit?: number;
  /** `next` of the page before. */
  readonly cursor?: string;
}

/** One page of connections, and how many there are of each state and in each region, whatever the filter. */
export interface ConnectionList extends Page<Connection> {
  /** How many connections are in each state, and in all. */
  readonly counts: { readonly all: number } & Readonly<Record<ConnectionState, number>>;
  /** The region with the most first. */
  readonly regions: readonly RegionCount[];
  /** Where `changedSince` goes on from this page; of several, take that of the first. */
  readonly changes: string;
  /** The channel in force; connections of others are not listed. */
  readonly channel: string;
}

/** What became of the connections of the channel in force. */
export interface ChangedConnections extends ConnectionChanges {
  /** The cursor is too old, or another channel is in force since: nothing is told, and `list()` begins anew. */
  readonly startOver: boolean;
}

/** How a file is downloaded. */
export interface DownloadOptions {
  /** The id of the connection that it came in on, as its event names it; without it, the workspace's primary one. */
  readonly from?: string;
  /** The most bytes that are read; 100 MiB when absent. */
  readonly maxBytes?: number;
  /**
   * How long nothing may come while something is asked for, in milliseconds; 30 seconds when absent. What comes slower than 4 KB a second uses it up too.
   */
  readonly idleMs?: number;
  /** Ends the download: it rejects, and its stream fails, with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** A file that came in. */
export interface MediaDownload {
  /**
   * The bytes, taken from the vendor as they are read. Whether they are sound is known when the stream has ended: until then do not use what came.
   * It fails with `media_too_large`, `media_corrupt` (another size or hash than told) or `media_unavailable` (the connection broke off, or stood
   * still). Read it to its end, or cancel it.
   */
  readonly stream: ReadableStream<Uint8Array>;
  /** As the vendor says, e.g. `image/jpeg`; `application/octet-stream` where nobody does. */
  readonly mimeType: string;
  /** In bytes, as the vendor says. */
  readonly sizeBytes?: number;
  /** Without folders; somebody else chose it. */
  readonly fileName?: string;
  /** In hex, as the vendor says. */
  readonly sha256?: string;
}

/** A file to bring to the vendor. */
export interface UploadRequest {
  /** Used up by the call where it can be read only once. */
  readonly data: FileData;
  /** E.g. `image/jpeg`. */
  readonly mimeType: string;
  /** What the person sees a document as. */
  readonly fileName?: string;
  /** The id of the connection to send it from; without it, the workspace's primary one. */
  readonly from?: string;
  /** What it is to be sent as; after its type when absent. Matters where the vendor keeps a picture otherwise than a document, as WhatsApp Web does. */
  readonly kind?: MediaContent["kind"];
  /** How long nothing may move, in milliseconds; 30 seconds when absent. */
  readonly idleMs?: number;
  /** Ends the upload: it rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** A file that the vendor has. */
export interface UploadedMedia {
  /** Goes into what is sent from the same connection, as often as you like, for as long as the vendor keeps it: Meta thirty days. */
  readonly media: MediaFile & { readonly id: string };
  /** The connection from which alone it can be sent. */
  readonly connectionId: string;
  /** As it was read, in bytes. */
  readonly sizeBytes: number;
}

/** Files of one tenant's connections, in and out. No bytes pass through events, rows or logs, and no file is held whole. */
export interface WorkspaceMedia {
  /**
   * Opens a file as an event names it, `content.media`. Rejects with `media_not_found` for what the vendor has no longer or never had for this number,
   * `media_too_large` where it says so itself, `media_unavailable` where it cannot be had now, and `media_address_refused` for an address that leads
   * elsewhere than to the public internet. Credentials go to the vendor's own hosts alone. Where a number needs a session, `session_elsewhere` says that
   * another process has it, and `session_opening` that it is being opened.
   */
  download(media: MediaFile, options?: DownloadOptions): Promise<MediaDownload>;
  /**
   * Brings a file to the vendor, once for many messages. Rejects with `media_too_large` beyond what the vendor takes of its type, and with
   * `content_unsupported` where the channel takes files by their address alone.
   */
  upload(request: UploadRequest): Promise<UploadedMedia>;
}

/** What is left to the process that keeps a connection's session. */
export interface IntentView {
  /** What is left to do. */
  readonly action: "check" | "disconnect" | "remove";
  /** When it was asked for, in milliseconds since the epoch. */
  readonly at: number;
  /** Why it could not be done; absent while it waits. */
  readonly failed?: ErrorCode;
}

/** One tenant's side of the client. */
export interface Workspace<List extends AnyChannel> {
  /** Your id of the tenant, as it was given to `workspace(id)`. */
  readonly id: string;
  /**
   * Links a number, with the fields of the channel and a `label` that people know it by. Await it for the connection, or iterate it for the steps that a person
   * sees: checks, a QR, a code. A first attempt that fails leaves no row. Rejects with `input_invalid`, which names the field; with `number_in_use`,
   * `limit_reached` and `linking_cancelled`; and with what the vendor refuses, such as `credentials_rejected`, `scope_missing` or `number_mismatch`.
   * @example
   * const { id, status } = await workspace.connect("cloud-api", { phoneNumberId, wabaId, accessToken });
   */
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
  /** Connecting by the vendor's own dialog, for one of your users. Throws `input_invalid` where the channel has none. */
  signup(kind: List["kind"], user: SignupUser): Signup;
  /** The connections of the channel in force, oldest first. */
  list(request?: ListRequest): Promise<ConnectionList>;
  /**
   * What was made, changed or removed since a list, or since an answer of this: by whichever process, whatever the filter. `limit` is 50 when absent,
   * 200 at most. A sign of life is no change, and what depends on the time (silence, a warning) becomes one when it is written down.
   */
  changedSince(cursor: string, request?: { readonly limit?: number }): Promise<ChangedConnections>;
  /**
   * Calls the listener soon after connections of this workspace changed, by whichever process; ask `changedSince` then. Where the storage cannot tell,
   * it is asked once a second while anybody watches. The answer ends it, and so does `stop`: watch anew after `start`.
   */
  watch(listener: () => Promise<void> | void): Promise<() => Promise<void>>;
  /** One connection of any channel. Rejects with `connection_not_found`. */
  get(id: string): Promise<Connection>;
  /** The steps of a connection that is being made, newest last, in whichever process that happens. */
  steps(id: string): Promise<readonly LinkStep[]>;
  /** Makes it the one that a message goes out from that names none. Rejects with `connection_not_found`. */
  setPrimary(id: string): Promise<void>;
  /** Gives a connection another label, for people to know it by. Rejects with `connection_not_found`. */
  rename(id: string, label: string): Promise<Connection>;
  /**
   * Ends an attempt to link a number, in whichever process it runs, and does not wait for it: one of this process at once, another's within two seconds. A number
   * that is not being linked is left as it is.
   */
  cancel(id: string): Promise<void>;
  /**
   * Ends it with the vendor and keeps the row, so that it can be reconnected. Where another process keeps its session, that one does it within two
   * seconds, and the answer is the connection as it stands before. A session that does not open for five minutes is ended without the vendor; the log says so.
   */
  disconnect(id: string): Promise<Connection>;
  /** Disconnects if need be, then forgets the connection and all that belongs to it; left to the process that keeps its session like `disconnect`. */
  remove(id: string): Promise<void>;
  /** Asks the vendor how the connection is, and answers it as it now stands; left to the process that keeps its session like `disconnect`. */
  check(id: string): Promise<Connection>;
  /** What was left to the process that keeps the connection's session and is not done, or failed within the last hour. */
  intent(id: string): Promise<IntentView | undefined>;
  /**
   * Sends a message through the channel in force. Resolves once the vendor has taken it; how far it gets is told by `message.status` and by `message(id)`. Rejects
   * with `input_invalid`, which names the field, before anything is stored; with `no_connection` or `not_connected` where there is nothing to send from; and with
   * what the vendor refuses. `outcome_unknown` says that it may have been sent: only the same `idempotencyKey` is safe to try again with.
   * @example
   * await workspace.send({ to: "+5511999990000", content: { kind: "text", text: "Hello" }, idempotencyKey: order.id });
   */
  send(request: SendRequest): Promise<SentMessage>;
  /**
   * The same in short: a text, or content of any kind.
   * @example
   * await workspace.send("+5511999990000", "Hello");
   */
  send(to: SendRequest["to"], content: string | SendRequest["content"], options?: SendOptions): Promise<SentMessage>;
  /**
   * The connection that a contact last spoke with, by a message of either side outside of groups: the one to answer from. By whichever of their names, once the
   * vendor has told both. Nothing where none was said for 180 days, or the connection was removed. Rejects with `recipient_invalid`.
   */
  lastNumberOf(contact: string | Contact): Promise<Connection | undefined>;
  /**
   * What can be done with one connection of this channel alone, in its vendor's manner, whether or not the channel is in force. Throws `input_invalid` where the
   * channel has nothing of its own; each operation rejects with `connection_not_found`, with `not_connected` for one that is being linked or was disconnected,
   * and with what the vendor refuses.
   */
  operations<Kind extends List["kind"]>(kind: Kind, id: string): OperationsOf<ChannelOf<List, Kind>>;
  /** Files of its connections, in and out. */
  readonly media: WorkspaceMedia;
  /** Groups of its connections, on a channel that has them. */
  readonly groups: WorkspaceGroups;
  /** A message sent before, and how far it got. */
  message(id: string): Promise<MessageRow | undefined>;
  /** Tells the person that their message was read. Rejects with `content_unsupported` where the channel cannot. */
  markRead(mark: ReadMark & { readonly from?: string }): Promise<void>;
}
