/** Items in the order of their times, those of the same time in the order of their ranks. */
export interface ByTime<Item> {
  add(at: number, rank: number, item: Item): void;
  /** The earliest, which stays. */
  first(): Timed<Item> | undefined;
  /** Takes the earliest out. */
  shift(): Timed<Item> | undefined;
}

/** An item and its place. */
export interface Timed<Item> {
  readonly at: number;
  readonly rank: number;
  readonly item: Item;
}

/** Makes an empty one: a binary heap. */
export function createByTime<Item>(): ByTime<Item> {
  const heap: Timed<Item>[] = [];
  const isBefore = (left: number, right: number): boolean => {
    const [one, other] = [heap[left], heap[right]];
    if (one === undefined || other === undefined) return one !== undefined;
    return one.at === other.at ? one.rank < other.rank : one.at < other.at;
  };
  const swap = (left: number, right: number): void => {
    const [one, other] = [heap[left], heap[right]];
    if (one === undefined || other === undefined) return;
    heap[left] = other;
    heap[right] = one;
  };
  const rise = (from: number): void => {
    for (let place = from; place > 0; ) {
      const above = (place - 1) >> 1;
      if (!isBefore(place, above)) return;
      swap(place, above);
      place = above;
    }
  };
  const sink = (): void => {
    for (let place = 0; ; ) {
      const left = place * 2 + 1;
      const below = isBefore(left + 1, left) ? left + 1 : left;
      if (below >= heap.length || !isBefore(below, place)) return;
      swap(place, below);
      place = below;
    }
  };
  return {
    add(at, rank, item) {
      heap.push({ at, rank, item });
      rise(heap.length - 1);
    },
    first: () => heap[0],
    shift() {
      const top = heap[0];
      const last = heap.pop();
      if (top === undefined || last === undefined || heap.length === 0) return top;
      heap[0] = last;
      sink();
      return top;
    },
  };
}
