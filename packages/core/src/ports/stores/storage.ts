import type { ConnectionStore } from "./connection-store.ts";
import type { InboxStore } from "./inbox-store.ts";
import type { MessageStore } from "./message-store.ts";
import type { LeaseStore, RecordStore } from "./record-store.ts";

/** One page of a longer list; `next` is the cursor of the following one. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next?: string;
}

/** Where to go on reading. */
export interface PageRequest {
  readonly limit: number;
  readonly cursor?: string;
}

/** Everything WaDesk keeps. Values that hold secrets are sealed before a storage sees them. */
export interface Storage {
  readonly connections: ConnectionStore;
  readonly messages: MessageStore;
  readonly inbox: InboxStore;
  readonly records: RecordStore;
  readonly leases: LeaseStore;
  /**
   * Whether what was added survives the process. Where it does, a webhook is answered once its events are stored; where it does not,
   * once its handlers have run.
   */
  readonly durable: boolean;
  close(): Promise<void>;
}
