import type { InboundEvent } from "../../model/event.ts";
import type { OpenSession } from "../../ports/session.ts";
import type { Fence } from "../../ports/stores/record-store.ts";
import type { SessionLease } from "../../ports/stores/session-store.ts";
import type { ConnectionStatus } from "../../status/connection-status.ts";

/** A session that this process keeps open. */
export interface KeptSession {
  readonly lease: SessionLease;
  readonly open: OpenSession<unknown>;
  /** Aborted when the lease is lost or given up. */
  readonly signal: AbortSignal;
  abort(): void;
  /** Of one that linking opened: who hears each status that it brings about. */
  onStatus?(listener: (status: ConnectionStatus) => void): void;
}

/** Stores what came in for a connection: its channel's kind, the events, and who speaks for it. */
export type Receive = (kind: string, events: readonly InboundEvent[], speaker: string | undefined) => Promise<void>;

/** When a session last heard from its vendor, in milliseconds since the epoch. */
export interface Seen {
  readonly id: string;
  readonly epoch: number;
  readonly at: number;
}

/** The sessions that this process keeps open, by their connections. */
export interface KeptSessions {
  get(connectionId: string): KeptSession | undefined;
  all(): readonly KeptSession[];
  /** Whether sessions are kept beyond the call that opened one: from `start` to `stop`. */
  readonly isKeeping: () => boolean;
  setKeeping(keeping: boolean): void;
  add(session: KeptSession): void;
  /** Takes one out, unless another has its place by now. */
  drop(session: KeptSession): void;
  /** Hears of each one that is added. */
  onAdded(listener: (session: KeptSession) => void): void;
  /** Connections that are being linked in this process, whose leases are none of the keeper's business. */
  readonly linking: Map<string, AbortController>;
  /** Signs of life since the last time they were written. */
  readonly seen: Map<string, Seen>;
  receive: Receive;
}

/** Makes those of one client; `receive` is set once there is an inbox. */
export function createKeptSessions(): KeptSessions {
  const byConnection = new Map<string, KeptSession>();
  let keeping = false;
  let added = (_session: KeptSession): void => {};
  return {
    get: (connectionId) => byConnection.get(connectionId),
    all: () => [...byConnection.values()],
    isKeeping: () => keeping,
    setKeeping(next) {
      keeping = next;
    },
    add(session) {
      byConnection.set(session.lease.connectionId, session);
      added(session);
    },
    drop(session) {
      if (byConnection.get(session.lease.connectionId) === session) byConnection.delete(session.lease.connectionId);
    },
    onAdded(listener) {
      added = listener;
    },
    linking: new Map(),
    seen: new Map(),
    receive: async () => {
      throw new Error("there is no inbox yet");
    },
  };
}

/** What proves a session's lease to the storage. */
export function fenceOf({ connectionId, token, process }: SessionLease): Fence {
  return { lease: connectionId, token, process };
}
