import type { FailureData } from "../../errors/wadesk-error.ts";
import type { MessageRow, SendReceipt } from "../../model/message.ts";
import type { MessageStatus } from "../../status/message-status.ts";
import type { Page, PageRequest } from "./page.ts";

/** Where a vendor's message id is unique: within one connection. */
export interface ProviderMessage {
  /** The connection that it went out from. */
  readonly connectionId: string;
  /** The vendor's id. */
  readonly providerId: string;
}

/** What an update did: `standing` is where the ladder stands now. */
export interface Advance {
  /** `stale` where the ladder stood as high already. */
  readonly result: "advanced" | "stale";
  /** Where it stands now. */
  readonly standing: MessageStatus;
  /** Our id, once the send row is known. */
  readonly messageId?: string;
}

/** Sent messages and how far each got. */
export interface MessageStore {
  /** Answers the row that already has this id or idempotency key in the workspace, else stores this one and answers nothing. */
  insert(row: MessageRow): Promise<MessageRow | undefined>;
  /** The row by our id; nothing for one of another workspace. */
  get(workspaceId: string, id: string): Promise<MessageRow | undefined>;
  /** The row that has the key in the workspace. */
  byIdempotencyKey(workspaceId: string, idempotencyKey: string): Promise<MessageRow | undefined>;
  /**
   * Gives a waiting message to another connection of the same workspace. False, and nothing is changed, when it does not wait, or not with `from`, or when
   * the workspace has no connection `to`: what may have been handed to a vendor never moves, nor does what was stored before messages could wait.
   */
  move(workspaceId: string, id: string, from: string, to: string): Promise<boolean>;
  /** A waiting message is handed over now, by this connection: from here on it does not move. True for one caller alone; false when it does not wait there. */
  hand(workspaceId: string, id: string, connectionId: string): Promise<boolean>;
  /** Writes the vendor's receipt, and takes over a status that arrived before it. */
  accept(workspaceId: string, id: string, receipt: SendReceipt): Promise<void>;
  /** Forgets a message that was surely not sent, and frees its idempotency key. */
  forget(workspaceId: string, id: string): Promise<void>;
  /** Only climbs; works before the row exists; atomic. */
  advanceStatus(message: ProviderMessage, status: MessageStatus, at: number, failure?: FailureData): Promise<Advance>;
  /** Of one workspace, oldest first. */
  list(workspaceId: string, page: PageRequest): Promise<Page<MessageRow>>;
  /** Forgets up to `limit` messages created before then, and standings from before then that never found their row; answers how many. */
  prune(before: number, limit: number): Promise<number>;
  /** Forgets all messages of a connection. */
  deleteOfConnection(workspaceId: string, connectionId: string): Promise<void>;
  /** Forgets all messages of a workspace. */
  deleteOfWorkspace(workspaceId: string): Promise<void>;
}
