import type { SealedRecords } from "@wadesk/core/ports";

/** What is to be written: values by their keys; `undefined` deletes. */
export type Changes = ReadonlyMap<string, Uint8Array | undefined>;

/** Writes change sets in the order in which they came, each whole, in one transaction at a time. */
export interface ChangeQueue {
  /** Resolves when these are stored. What waits while another transaction is under way is written by one that follows it. */
  add(changes: Changes): Promise<void>;
  /** What was added for a key and is not stored yet: `undefined` inside where that is a deletion. */
  pending(key: string): { readonly value: Uint8Array | undefined } | undefined;
  /** Resolves when everything that was added is stored. Rejects where a write has failed. */
  settled(): Promise<void>;
  /** Resolves with the reason when a write has failed. From then on nothing is written any more: what lies in memory and what is stored differ. */
  readonly failed: Promise<unknown>;
}

/** Makes the queue of one session's records. */
export function createChangeQueue(records: Pick<SealedRecords, "set">): ChangeQueue {
  const failure = Promise.withResolvers<unknown>();
  let waiting = new Map<string, Uint8Array | undefined>();
  let underWay: ReadonlyMap<string, Uint8Array | undefined> = new Map();
  let last: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;

  const write = async (): Promise<void> => {
    underWay = waiting;
    waiting = new Map();
    next = undefined;
    try {
      await records.set(underWay);
    } catch (error) {
      failure.resolve(error);
      throw error;
    }
    underWay = new Map();
  };

  return {
    add(changes) {
      for (const [key, value] of changes) waiting.set(key, value);
      if (next === undefined) {
        // one that failed takes all that follow along
        next = last.then(write);
        last = next;
        last.catch(() => {});
      }
      return next;
    },
    pending(key) {
      for (const changes of [waiting, underWay]) if (changes.has(key)) return { value: changes.get(key) };
      return undefined;
    },
    settled: () => last,
    failed: failure.promise,
  };
}
