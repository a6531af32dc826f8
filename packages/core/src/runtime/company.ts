/** A place among what runs at once. */
export interface Place {
  /** Nothing else runs until it is left. */
  readonly alone: boolean;
  leave(): void;
}

/**
 * What runs beside what. Whatever was running when its process died may have been the reason, so it gets ever less company: a quarter after each death, until it
 * runs alone. So one that kills its process is found among thirty-two after three deaths, and what only died with it is done in the quarters without it.
 */
export interface Company {
  /** How many more may run now of which nothing bad is known. */
  readonly room: () => number;
  /** Waits until what died so often may run, and takes a place for it; nothing when `giveUp` is called meanwhile. */
  enter(deaths: number): Promise<Place | undefined>;
  /** Ends all waiting. */
  giveUp(): void;
}

interface Waiting {
  readonly most: number;
  readonly resolve: (place: Place | undefined) => void;
}

/** Makes one for so many at once. */
export function createCompany(concurrency: number): Company {
  const all = Math.max(1, Math.floor(concurrency));
  let running = 0;
  /** Those that run of which something bad is known: how many may run at once, as far as each is concerned. */
  const suspects = new Map<symbol, number>();
  let waiting: readonly Waiting[] = [];

  const mostNow = (): number => (suspects.size === 0 ? all : Math.min(all, ...suspects.values()));
  const fits = (most: number): boolean => running < Math.min(most, mostNow());
  const take = (most: number): Place => {
    const name = Symbol("place");
    running += 1;
    if (most < all) suspects.set(name, most);
    return {
      alone: most === 1,
      leave() {
        running -= 1;
        suspects.delete(name);
        for (let [next] = waiting; next !== undefined && fits(next.most); [next] = waiting) {
          waiting = waiting.slice(1);
          next.resolve(take(next.most));
        }
      },
    };
  };

  return {
    // who waits for fewer to run must not be kept waiting by more
    room: () => (waiting.length > 0 ? 0 : Math.max(0, mostNow() - running)),
    async enter(deaths) {
      const most = Math.max(1, Math.floor(all / 4 ** deaths));
      if (waiting.length === 0 && fits(most)) return take(most);
      return new Promise((resolve) => {
        waiting = [...waiting, { most, resolve }];
      });
    },
    giveUp() {
      for (const { resolve } of waiting) resolve(undefined);
      waiting = [];
    },
  };
}
