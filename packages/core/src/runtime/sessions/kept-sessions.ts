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
  /** Hears each status that the session brings about; whoever holds it says who that is. */
  told: (status: ConnectionStatus) => void;
}

/** Stores what came in for a connection: its channel's kind, the events, and who speaks for it. */
export type Receive = (kind: string, events: readonly InboundEvent[], speaker: string | undefined) => Promise<void>;

/** When a session last heard from its vendor, in milliseconds since the epoch. */
export interface Seen {
  readonly workspaceId: string;
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
  /** What was held under a process's name may be another's by now: its sessions and all attempts to link a number are aborted. */
  lose(process: string): void;
  /** Hears that this happened. */
  onLost(listener: () => void): void;
  /** Connections that are being linked in this process, whose leases are none of the keeper's business. */
  readonly linking: Map<string, AbortController>;
  /** Attempts to link numbers that need a session, and when nothing of them is under way any more. */
  readonly attempts: Map<AbortController, Promise<unknown>>;
  /** Signs of life since the last time they were written. */
  readonly seen: Map<string, Seen>;
  /**
   * Connections of which the last thing that is known here is that they are connected, and when they were last heard, in milliseconds since the epoch: a sign
   * of life tells nothing new of them, unless another process may have found them silent since then.
   */
  readonly connected: Map<string, number>;
  receive: Receive;
}

/** Makes those of one client; `receive` is set once there is an inbox. */
export function createKeptSessions(): KeptSessions {
  const byConnection = new Map<string, KeptSession>();
  const connected = new Map<string, number>();
  let keeping = false;
  const linking = new Map<string, AbortController>();
  let added = (_session: KeptSession): void => {};
  let lost = (): void => {};
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
      const { connectionId } = session.lease;
      if (byConnection.get(connectionId) !== session) return;
      byConnection.delete(connectionId);
      connected.delete(connectionId);
    },
    onAdded(listener) {
      added = listener;
    },
    lose(process) {
      for (const session of byConnection.values()) if (session.lease.process === process) session.abort();
      for (const attempt of linking.values()) attempt.abort();
      lost();
    },
    onLost(listener) {
      lost = listener;
    },
    linking,
    attempts: new Map(),
    seen: new Map(),
    connected,
    receive: async () => {
      throw new Error("there is no inbox yet");
    },
  };
}

/** What proves a session's lease to the storage. */
export function fenceOf({ connectionId, token, process }: SessionLease): Fence {
  return { lease: connectionId, token, process };
}
