import type { Page } from "./page.ts";

/** Proof of a lease, checked in the same transaction as the write that it guards. */
export interface Fence {
  readonly lease: string;
  readonly token: number;
  /** For the lease of a session, which process holds it; `lease` is the connection's id then. */
  readonly process?: string;
}

/** A value and when it ends, in milliseconds since the epoch. */
export interface TimedValue {
  readonly value: Uint8Array;
  readonly expiresAt?: number;
}

/** Small values by namespace and key. Expired ones read as absent. */
export interface RecordStore {
  get(namespace: string, keys: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>;
  /** One transaction, in which the fence is checked too; `undefined` deletes. */
  set(namespace: string, changes: ReadonlyMap<string, TimedValue | undefined>, fence?: Fence): Promise<"written" | "fenced">;
  /** False when the key is there already. */
  insert(namespace: string, key: string, value: Uint8Array, expiresAt?: number): Promise<boolean>;
  /** Reads and deletes in one step: single-use values. */
  take(namespace: string, key: string): Promise<Uint8Array | undefined>;
  /** Every key whose namespace begins so. */
  scan(
    namespacePrefix: string,
    cursor?: string,
  ): Promise<Page<{ readonly namespace: string; readonly key: string; readonly expiresAt?: number }>>;
  clear(namespacePrefix: string): Promise<void>;
  /** Forgets up to `limit` expired ones; answers how many. */
  prune(limit: number): Promise<number>;
}

/** Named locks that end by themselves. Each holder's token is higher than the last one's. */
export interface LeaseStore {
  acquire(name: string, owner: string, ttlMs: number): Promise<Fence | undefined>;
  renew(fence: Fence, ttlMs: number): Promise<"renewed" | "lost">;
  release(fence: Fence): Promise<void>;
}
