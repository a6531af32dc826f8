import type { ConnectionStore } from "./connection-store.ts";
import type { InboxStore } from "./inbox-store.ts";
import type { MessageStore } from "./message-store.ts";
import type { LeaseStore, RecordStore } from "./record-store.ts";
import type { SessionStore } from "./session-store.ts";

/** What a listener hears of: the connections of one workspace, the settings, or events that were added to the inbox or replayed. */
export type ChangeTopic =
  | {
      readonly topic: "connections";
      /** The connections of this one alone. */
      readonly workspaceId: string;
    }
  | { readonly topic: "settings" }
  | { readonly topic: "inbox" };

/** News between the processes that share a storage. */
export interface ChangeNotices {
  /** Calls the listener whenever something changed of what it names, by whichever process, and for nothing else. The answer ends it. */
  subscribe(topic: ChangeTopic, listener: () => void): Promise<() => Promise<void>>;
}

/** Everything WaDesk keeps. Values that hold secrets are sealed before a storage sees them. */
export interface Storage {
  /** Connections of all workspaces. */
  readonly connections: ConnectionStore;
  /** Sent messages. */
  readonly messages: MessageStore;
  /** Events until they are completed, and their keys after that. */
  readonly inbox: InboxStore;
  /** Small values: sealed secrets, settings, signups. */
  readonly records: RecordStore;
  /** Named locks between processes. */
  readonly leases: LeaseStore;
  /** Which process holds which session. */
  readonly sessions: SessionStore;
  /**
   * Whether what was added survives the process. Where it does, a webhook is answered once its events are stored; where it does not,
   * once its handlers have run.
   */
  readonly durable: boolean;
  /** Where the database can tell other processes at once; without it they poll. */
  readonly changes?: ChangeNotices;
  /**
   * Milliseconds since the epoch by the clock that all who share it share, such as a database's: due times and leases go by it, so that a machine
   * whose clock is off starts nothing early. Asks nobody; right once the storage is open. Without it each process goes by its own clock.
   */
  readonly now?: () => number;
  /** Opens what it keeps things in and brings its form up to date; without this call the first use does. */
  open?(): Promise<void>;
  /** Ends what the storage opened itself, after what is under way. The client does not call it: whoever made the storage does. */
  close(): Promise<void>;
}
