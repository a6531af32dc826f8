import type { Page, PageRequest } from "./page.ts";

/** Proof of a lease, checked in the same transaction as the write that it guards. */
export interface Fence {
  /** The name of the lease. */
  readonly lease: string;
  /** Which holder's it is: a write under a lower one than the newest is fenced. */
  readonly token: number;
  /** For the lease of a session, which process holds it; `lease` is the connection's id then. */
  readonly process?: string;
}

/** A value and when it ends, in milliseconds since the epoch. */
export interface TimedValue {
  /** The bytes. */
  readonly value: Uint8Array;
  /** When it reads as absent; never when absent. */
  readonly expiresAt?: number;
}

/** A record without its value; when it ends, in milliseconds since the epoch. */
export interface ListedRecord {
  /** Within its namespace. */
  readonly key: string;
  /** When it reads as absent. */
  readonly expiresAt?: number;
}

/** Which keys of a namespace to list, and where to go on. */
export interface RecordListRequest extends PageRequest {
  /** Only keys that begin so. */
  readonly prefix?: string;
}

/** Small values by namespace and key. Expired ones read as absent. */
export interface RecordStore {
  /** Those that are there. */
  get(namespace: string, keys: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>;
  /** One transaction, in which the fence is checked too, however many changes there are, and a handful of statements for a thousand; `undefined` deletes. */
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
  /**
   * The keys of one namespace, and of those that have a prefix only these, in the order of their UTF-8 bytes: the same on every storage. A key of more than
   * 640 bytes, or with a character that no database keeps (U+0000, U+0001, U+10FFFF, a lone surrogate), may stand elsewhere, once. A page may be shorter
   * than `limit` though `next` follows.
   */
  list(namespace: string, page: RecordListRequest): Promise<Page<ListedRecord>>;
  /** Forgets every key whose namespace begins so. */
  clear(namespacePrefix: string): Promise<void>;
  /** Forgets up to `limit` expired ones; answers how many. */
  prune(limit: number): Promise<number>;
}

/** Named locks that end by themselves. Each holder's token is higher than the last one's. */
export interface LeaseStore {
  /** Takes the lock for so many milliseconds; nothing where somebody else has it. */
  acquire(name: string, owner: string, ttlMs: number): Promise<Fence | undefined>;
  /** Holds it for so many milliseconds more. */
  renew(fence: Fence, ttlMs: number): Promise<"renewed" | "lost">;
  /** Lets go of it, where it is still held. */
  release(fence: Fence): Promise<void>;
}
