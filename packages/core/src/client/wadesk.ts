import type { EventType, WadeskEvent } from "../model/event.ts";
import type { AnyChannel } from "../ports/channel.ts";
import type { DeadLetter } from "../ports/stores/inbox-store.ts";
import type { Page, PageRequest } from "../ports/stores/storage.ts";
import type { InboundPort } from "./inbound-port.ts";
import type { LiveEvents } from "./live-events.ts";
import type { Settings } from "./settings-port.ts";
import type { Workspace } from "./workspace-port.ts";

/** Handles one event type durably: awaited, retried when it throws, completed once. `attempt` counts from 1. */
export type EventHandler<Type extends EventType> = (
  event: WadeskEvent<Type>,
  attempt: { readonly attempt: number },
) => Promise<void> | void;

/** The client: everything WaDesk does for one application. */
export interface Wadesk<List extends AnyChannel = AnyChannel> {
  /** One tenant of the application. The id is opaque; nothing of one workspace is visible to another. */
  workspace(id: string): Workspace<List>;
  readonly settings: Settings<List>;
  /** Registers the one durable handler of an event type; throws `handler_taken` for a second. */
  process<Type extends EventType>(type: Type, handler: EventHandler<Type>): void;
  /** Listens in this process, for live views. Promises nothing: what must not be lost belongs in `process`. The answer ends it. */
  on<Name extends keyof LiveEvents>(name: Name, listener: (...values: LiveEvents[Name]) => void): () => void;
  /**
   * Works through what is due in the inbox until nothing is, or the budget (milliseconds) is spent; answers how many events were completed. For crons,
   * and not for handlers: one that awaits it waits for itself. Rejects with `storage_unavailable`.
   */
  drain(options?: { readonly budgetMs?: number }): Promise<number>;
  readonly deadLetters: {
    /** Newest first. Without a workspace, those of all. */
    list(page?: Partial<PageRequest> & { readonly workspaceId?: string }): Promise<Page<DeadLetter>>;
    /** Hands them to their handlers again, with a fresh count of attempts. */
    replay(keys: readonly string[]): Promise<number>;
  };
  /**
   * Seals with the first key what older ones sealed; once every process has the new first key, the older keys can go. Answers how many values it
   * sealed; rejects with `encryption_key_unknown` when some do not open.
   */
  rotateKeys(): Promise<number>;
  /** Says in the log what is missing in the set-up, opens sessions and the pump. */
  start(): Promise<void>;
  /** Takes no new work, lets running handlers finish, closes sessions. */
  stop(): Promise<void>;
  /** For webhook handlers. */
  readonly inbound: InboundPort;
}
