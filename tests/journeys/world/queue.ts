/** What came, for a test to take in turn. */
export interface Queue<Item> {
  readonly all: readonly Item[];
  push(item: Item): void;
  /** Takes all that came so far. */
  forget(): void;
  /** The first that fits and was not taken before; waits for it. */
  next(fits?: (item: Item) => boolean): Promise<Item>;
}

// far longer than anything on loopback takes
const PATIENCE_MS = 60_000;

/** An empty one. */
export function queue<Item>(): Queue<Item> {
  const all: Item[] = [];
  const taken = new Set<number>();
  const waiting = new Set<() => void>();
  return {
    all,
    push(item) {
      all.push(item);
      for (const look of [...waiting]) look();
    },
    forget() {
      for (const index of all.keys()) taken.add(index);
    },
    next: (fits = () => true) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const index = all.findIndex((item, each) => !taken.has(each) && fits(item));
          const item = all[index];
          if (item === undefined) return;
          taken.add(index);
          waiting.delete(look);
          clearTimeout(timer);
          resolve(item);
        };
        const timer = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`waited in vain; there were ${JSON.stringify(all)}`));
        }, PATIENCE_MS);
        waiting.add(look);
        look();
      }),
  };
}
