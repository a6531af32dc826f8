import type { SealedRecords } from "../ports/context.ts";

/** Records that get another place while somebody works with them. */
export interface MovingRecords {
  readonly records: SealedRecords;
  /** Waits for what is being written, and then does the work; what is asked meanwhile waits for it, and goes to the place that it answers. */
  move(work: () => Promise<SealedRecords>): Promise<void>;
}

/** Makes some that begin at a place. */
export function movingRecords(first: SealedRecords): MovingRecords {
  let place = first;
  let moving: Promise<void> = Promise.resolve();
  const writing = new Set<Promise<unknown>>();
  const during = async <Result>(work: (records: SealedRecords) => Promise<Result>): Promise<Result> => {
    await moving;
    const done = work(place);
    writing.add(done);
    return done.finally(() => writing.delete(done));
  };
  return {
    records: {
      get: (keys) => during((records) => records.get(keys)),
      set: (changes) => during((records) => records.set(changes)),
      list: (page) => during((records) => records.list(page)),
      clear: () => during((records) => records.clear()),
    },
    move(work) {
      const moved = (async () => {
        await Promise.allSettled(writing);
        place = await work();
      })();
      // where it fails they stay where they are
      moving = moved.catch(() => {});
      return moved;
    },
  };
}
