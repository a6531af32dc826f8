import type { EventType, WadeskEvent } from "../model/event.ts";
import type { AnyChannel } from "../ports/channel.ts";
import type { DeadLetter, InboxCounts } from "../ports/stores/inbox-store.ts";
import type { Page, PageRequest } from "../ports/stores/page.ts";
import type { InboundPort } from "./inbound-port.ts";
import type { LiveEvents } from "./live-events.ts";
import type { DeletedWorkspace, DeleteWorkspaceOptions, ExportedRow } from "./operations.ts";
import type { SendOptions, SendRequest, SentMessage } from "./sending.ts";
import type { ScreenPort } from "./screen-port.ts";
import type { Settings } from "./settings.ts";
import type { Workspace } from "./workspace.ts";

/** Which attempt at an event this is, and whether it is still wanted. */
export interface HandlerAttempt {
  /** Counts from 1. */
  readonly attempt: number;
  /** Aborted when the attempt was given up: it ran for longer than `inbox.handleWithinMs`, or `stop` did not wait any longer. */
  readonly signal: AbortSignal;
}

/** What answers a message that came in. */
export interface Answerable {
  /**
   * Sends to the chat that the message was written in, from the number it came in on: a text, or content of any kind. It is `send` in short, and adds nothing:
   * `replyTo: event.data.messageId` quotes the message, and an `idempotencyKey` keeps a handler that runs again from answering twice. Rejects like `send`.
   * @example
   * wadesk.process("message.received", (event) => event.reply("We are back at nine", { idempotencyKey: event.key }));
   */
  reply(content: string | SendRequest["content"], options?: Omit<SendOptions, "from">): Promise<SentMessage>;
}

/** An event as its durable handler gets it. */
export type HandledEvent<Type extends EventType> = Type extends "message.received" ? WadeskEvent<Type> & Answerable : WadeskEvent<Type>;

/**
 * Handles one event type durably: awaited, retried when it throws, completed once. One that runs for longer than `inbox.handleWithinMs` counts as
 * failed: its event is handled again, though what it began may still be running, unless it heeds the signal.
 */
export type EventHandler<Type extends EventType> = (event: HandledEvent<Type>, attempt: HandlerAttempt) => Promise<void> | void;

/** How a client stops. */
export interface StopOptions {
  /** How long running handlers, and with what they leave of it sessions that close, are waited for, in milliseconds; 20 seconds when absent. */
  readonly withinMs?: number;
}

/**
 * The client: everything WaDesk does for one application. A request that is wrong is refused with `input_invalid`, which names the field and
 * the fix; a field that nobody knows is wrong too.
 */
export interface Wadesk<List extends AnyChannel = AnyChannel> {
  /** One tenant of the application. The id is opaque; nothing of one workspace is visible to another. */
  workspace(id: string): Workspace<List>;
  /** What an admin sets for the whole platform: which channel is in force, and each channel's own values. */
  readonly settings: Settings<List>;
  /** Registers the one durable handler of an event type; throws `handler_taken` for a second. */
  process<Type extends EventType>(type: Type, handler: EventHandler<Type>): void;
  /** Listens in this process, for live views. Promises nothing: what must not be lost belongs in `process`. The answer ends it. */
  on<Name extends keyof LiveEvents>(name: Name, listener: (...values: LiveEvents[Name]) => void): () => void;
  /**
   * Works through what is due in the inbox until nothing is, or the budget (milliseconds) is spent; answers how many events were completed. For crons,
   * and not for handlers: one that awaits it waits for itself. Also forgets a share of what is old. Rejects with `storage_unavailable`.
   */
  drain(options?: { readonly budgetMs?: number }): Promise<number>;
  /** Events that were given up after their last attempt: to look at, and to bring back. */
  readonly deadLetters: {
    /** Newest first. Without a workspace, those of all. */
    list(page?: Partial<PageRequest> & { readonly workspaceId?: string }): Promise<Page<DeadLetter>>;
    /**
     * Hands them to their handlers again, with a fresh count of attempts; answers how many there were. With a workspace only its own: pass it
     * wherever a tenant names the keys.
     */
    replay(keys: readonly string[], of?: { readonly workspaceId?: string }): Promise<number>;
  };
  /**
   * Seals with the first key what older ones sealed; once every process has the new first key, the older keys can go. Answers how many values it
   * sealed; rejects with `encryption_key_unknown` when some do not open.
   */
  rotateKeys(): Promise<number>;
  /** How many inbound events are in each state; without a workspace, of all. Completed ones are remembered for the retention time. */
  eventCounts(of?: { readonly workspaceId?: string }): Promise<InboxCounts>;
  /** What is stored of one workspace, row by row, without secrets. Throws `input_invalid` when the id is empty. */
  exportWorkspace(id: string): AsyncIterable<ExportedRow>;
  /**
   * Ends every connection of a workspace with its vendor and forgets all that is kept for it; answers what it deleted. Repeat it after a failure.
   * Stop using the workspace before: what is connected meanwhile stays. Rejects with `input_invalid` when the id is empty, and with the
   * vendor's refusal unless `force` is given. Where other processes keep sessions it rejects with `session_elsewhere` until they have ended them, or with
   * what they failed at.
   */
  deleteWorkspace(id: string, options?: DeleteWorkspaceOptions): Promise<DeletedWorkspace>;
  /**
   * Opens the storage, says in the log what is missing in the set-up, opens sessions, the pump and the upkeep: silent connections are told of,
   * every connection is checked in its turn, and what is old is forgotten, each by one process at a time. Rejects with `storage_unavailable`.
   */
  start(): Promise<void>;
  /**
   * Takes no new work, lets running handlers finish, cancels attempts to link numbers that need a session, closes sessions, leaves the upkeep to other
   * processes. A handler that is not done in time is given up: its signal is aborted, and its event is tried again, by whichever process. Called again while
   * it runs, it ends with the one that runs; `start` may be called again after it. What asks a vendor over HTTP (`send`, `check`, webhooks) works after it as it
   * does before `start`; what needs a session rejects with `session_opening`, or with `session_elsewhere` once another process has it, until `start`.
   */
  stop(options?: StopOptions): Promise<void>;
  /** For webhook handlers. */
  readonly inbound: InboundPort;
  /** For handlers of a screen. */
  readonly screen: ScreenPort;
}
