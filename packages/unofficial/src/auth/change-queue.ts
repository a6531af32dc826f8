import type { SealedRecords, TimedValue } from "@wadesk/core/ports";
import { type FirstFailure, firstFailure } from "../watching/first-failure.ts";

/** What becomes of one record: its value, also one that is asked for when it is written, or `undefined`, which deletes it. */
export type Change = Uint8Array | TimedValue | (() => TimedValue) | undefined;

/** What is to be written: values by their keys. */
export type Changes = ReadonlyMap<string, Change>;

/** Writes change sets in the order in which they came, each whole, in one transaction at a time. */
export interface ChangeQueue extends Pick<FirstFailure, "whenFailed" | "unlessFailed"> {
  /**
   * Resolves when these are stored. What comes in the same turn of the event loop, or waits while another transaction is under way, is written by one
   * transaction.
   */
  add(changes: Changes): Promise<void>;
  /**
   * Writes these together with what is added next, or when everything has to be stored; by themselves only where many have come together. For what does no
   * harm where it is lost.
   */
  addLater(changes: Changes): void;
  /** What was added for a key and is not stored yet: `undefined` inside where that is a deletion. */
  pending(key: string): { readonly value: Uint8Array | undefined } | undefined;
  /** Resolves when everything that was added is stored. Rejects where a write has failed. */
  settled(): Promise<void>;
  /** The same where something is on its way to the storage; nothing where nothing is. */
  unsettled(): Promise<void> | undefined;
  /** From now on nothing is written any more, for this reason. The first one counts. */
  fail(reason: unknown): void;
  /** Whether it has failed. */
  hasFailed(): boolean;
  /** Resolves with the reason when a write has failed. From then on nothing is written any more: what lies in memory and what is stored differ. */
  readonly failed: Promise<unknown>;
}

/** So many of those that wait for others are written by themselves. */
const MOST_LATER = 200;

/** Makes the queue of one session's records. */
export function createChangeQueue(records: Pick<SealedRecords, "set">): ChangeQueue {
  const { fail, reason: failedBy, whenFailed, unlessFailed, failed } = firstFailure();
  let waiting = new Map<string, Change>();
  let underWay: Changes = new Map();
  let last: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;

  const write = async (): Promise<void> => {
    underWay = waiting;
    waiting = new Map();
    next = undefined;
    const failure = failedBy();
    if (failure !== undefined) throw failure.reason;
    try {
      await records.set(new Map([...underWay].map(([key, change]) => [key, writtenOf(change)])));
    } catch (error) {
      fail(error);
      throw error;
    }
    underWay = new Map();
  };

  const put = (changes: Changes): void => {
    for (const [key, change] of changes) waiting.set(key, change);
  };
  const begin = (): Promise<void> => {
    if (next === undefined) {
      const turn = new Promise((resolve) => setImmediate(resolve));
      // one that failed takes all that follow along
      next = last.then(() => turn).then(write);
      last = next;
      last.catch(() => {});
    }
    return next;
  };

  return {
    add(changes) {
      put(changes);
      return begin();
    },
    addLater(changes) {
      put(changes);
      if (waiting.size > MOST_LATER) begin().catch(() => {});
    },
    pending(key) {
      for (const changes of [waiting, underWay]) if (changes.has(key)) return { value: bytesOf(writtenOf(changes.get(key))) };
      return undefined;
    },
    settled: () => (waiting.size === 0 ? last : begin()),
    unsettled: () => (failedBy() === undefined && next === undefined && underWay.size === 0 ? undefined : last),
    fail,
    hasFailed: () => failedBy() !== undefined,
    whenFailed,
    unlessFailed,
    failed,
  };
}

function writtenOf(change: Change): Uint8Array | TimedValue | undefined {
  return typeof change === "function" ? change() : change;
}

function bytesOf(value: Uint8Array | TimedValue | undefined): Uint8Array | undefined {
  return value === undefined || value instanceof Uint8Array ? value : value.value;
}
