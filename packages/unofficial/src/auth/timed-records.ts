import { WadeskError } from "@wadesk/core";
import type { SealedRecords, SessionVoice } from "@wadesk/core/ports";
import { watchOldest } from "../watching/watch-oldest.ts";

/** So long the storage may take for one thing, in milliseconds. */
const LIMIT_MS = 20_000;

/** Records that answer within their time, or never again. */
export interface TimedRecords extends SealedRecords {
  /** Resolves when the storage did not answer within 20 seconds. Whoever works with the records ends then, before what waits for them is rejected. */
  readonly overdue: Promise<void>;
}

/**
 * Gives every call of the records a time. A call that never settles would be waited for under a lock of Baileys', and everything behind it too. When one is
 * overdue, it and all others are rejected with `storage_unavailable`, those that follow too: nobody knows what of them was written, and another session, under another
 * fence, reads what there is.
 */
export function timedRecords(
  records: SealedRecords,
  { after, now }: Pick<SessionVoice, "after"> & { readonly now: () => number },
): TimedRecords {
  const overdue = Promise.withResolvers<void>();
  const waiting = new Set<(error: WadeskError) => void>();
  let isOverdue = false;
  const late = (): WadeskError => new WadeskError("storage_unavailable", { detail: "the storage did not answer within 20 seconds" });
  const line = watchOldest({
    after,
    now,
    limitMs: LIMIT_MS,
    overdue() {
      isOverdue = true;
      overdue.resolve();
      // whoever ends does so first: a rejection alone would make Baileys take a message for one that cannot be read
      setImmediate(() => {
        for (const giveUp of waiting) giveUp(late());
      });
    },
  });
  const timed = async <Found>(call: () => Promise<Found>): Promise<Found> => {
    if (isOverdue) throw late();
    const given = Promise.withResolvers<never>();
    given.promise.catch(() => {});
    waiting.add(given.reject);
    const end = line.begin();
    try {
      return await Promise.race([call(), given.promise]);
    } finally {
      end();
      waiting.delete(given.reject);
    }
  };
  return {
    get: (keys) => timed(() => records.get(keys)),
    set: (changes) => timed(() => records.set(changes)),
    list: (page) => timed(() => records.list(page)),
    clear: () => timed(() => records.clear()),
    overdue: overdue.promise,
  };
}
