import type { SealedRecords } from "../ports/context.ts";
import type { TimedValue } from "../ports/stores/record-store.ts";

/** How long records may be remembered. */
export interface Memory {
  /** The storage's time, in milliseconds since the epoch. */
  readonly now: () => number;
  /** Aborted when the lease is lost or given up: from then on everything is read. */
  readonly signal: AbortSignal;
}

/** So many keys are remembered of one session, those that were asked for last. */
const MOST = 128;
/** A longer value is not remembered: a process may keep hundreds of sessions. */
const MOST_BYTES = 1024;
/** Of a value that was read it is not known when it ends: so long it counts without another look, in milliseconds. */
const READ_MS = 60_000;

interface Remembered {
  /** Nothing where the storage has nothing. */
  readonly value: Uint8Array | undefined;
  readonly until: number;
}

/**
 * Records under a session's lease, in which what was asked for once is not read again. Only who holds the lease writes them, so that what was read or written last is what is
 * stored, for as long as the lease is held; what was read may be answered for up to a minute after its end.
 */
export function rememberedRecords(records: SealedRecords, { now, signal }: Memory): SealedRecords {
  const known = new Map<string, Remembered>();
  const writing = new Map<string, number>();
  /** For each read under way the keys that were written meanwhile. */
  const reading = new Set<Set<string>>();
  let cleared = 0;

  const recall = (key: string): Remembered | undefined => {
    // no listener: a lease may outlive many of these, and would keep them all
    if (signal.aborted) known.clear();
    const one = known.get(key);
    if (one === undefined) return undefined;
    known.delete(key);
    if (one.until <= now()) return undefined;
    // the newest stand last
    known.set(key, one);
    return one;
  };
  const remember = (key: string, value: Uint8Array | undefined, until: number): void => {
    if (signal.aborted || writing.has(key) || (value !== undefined && value.length > MOST_BYTES)) return;
    known.delete(key);
    known.set(key, { value: value?.slice(), until });
    const [oldest] = known.size > MOST ? known.keys() : [];
    if (oldest !== undefined) known.delete(oldest);
  };
  const read = async (keys: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>> => {
    const written = new Set(writing.keys());
    const before = cleared;
    reading.add(written);
    try {
      const found = await records.get(keys);
      if (cleared === before)
        for (const key of keys) {
          const value = found.get(key);
          if (!written.has(key)) remember(key, value, value === undefined ? Number.POSITIVE_INFINITY : now() + READ_MS);
        }
      return found;
    } finally {
      reading.delete(written);
    }
  };
  const forget = (): void => {
    cleared += 1;
    known.clear();
  };

  return {
    ...records,
    async get(keys) {
      const recalled = new Map(keys.map((key) => [key, recall(key)]));
      const missing = [...recalled].flatMap(([key, one]) => (one === undefined ? [key] : []));
      const found = missing.length === 0 ? undefined : await read(missing);
      const values = [...recalled].flatMap(([key, one]) => {
        const value = one === undefined ? found?.get(key) : one.value?.slice();
        return value === undefined ? [] : [[key, value] as const];
      });
      return new Map(values);
    },
    async set(changes) {
      const before = cleared;
      // what nobody has asked for is not remembered: most of what is written is read by the next session at the earliest
      const asked = [...changes].filter(([key]) => known.delete(key));
      for (const key of changes.keys()) {
        writing.set(key, (writing.get(key) ?? 0) + 1);
        for (const written of reading) written.add(key);
      }
      try {
        await records.set(changes);
      } finally {
        for (const key of changes.keys()) {
          const others = (writing.get(key) ?? 1) - 1;
          if (others === 0) writing.delete(key);
          else writing.set(key, others);
        }
      }
      if (cleared === before) for (const [key, change] of asked) remember(key, ...endingOf(change));
    },
    async clear() {
      forget();
      try {
        await records.clear();
      } finally {
        forget();
      }
    },
  };
}

function endingOf(change: Uint8Array | TimedValue | undefined): readonly [value: Uint8Array | undefined, until: number] {
  if (change === undefined || ArrayBuffer.isView(change)) return [change, Number.POSITIVE_INFINITY];
  return [change.value, change.expiresAt ?? Number.POSITIVE_INFINITY];
}
