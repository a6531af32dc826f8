import type { SealedRecords } from "../../ports/context.ts";

/** Records that change their place once, under whoever uses them. */
export interface MovingRecords {
  readonly records: SealedRecords;
  /** Lets what is under way end, holds up what comes, and goes on in the place that the work answers; in the former one when it rejects. */
  move(work: () => Promise<SealedRecords>): Promise<void>;
}

/** Makes them. */
export function movingRecords(first: SealedRecords): MovingRecords {
  let place: Promise<SealedRecords> = Promise.resolve(first);
  const underWay = new Set<Promise<unknown>>();
  const during = async <Result>(use: (records: SealedRecords) => Promise<Result>): Promise<Result> => {
    const work = use(await place);
    const settled = work.then(
      () => {},
      () => {},
    );
    underWay.add(settled);
    void settled.then(() => underWay.delete(settled));
    return work;
  };
  return {
    records: {
      get: (keys) => during((records) => records.get(keys)),
      set: (changes) => during((records) => records.set(changes)),
      list: (page) => during((records) => records.list(page)),
      clear: () => during((records) => records.clear()),
    },
    async move(work) {
      const moved = Promise.withResolvers<SealedRecords>();
      place = moved.promise;
      // those that had their place, but had not begun
      await undefined;
      await Promise.all(underWay);
      try {
        moved.resolve(await work());
      } catch (error) {
        moved.resolve(first);
        throw error;
      }
    },
  };
}
