/** A queue whose ends cost the same however long it is. */
export interface Fifo<Item> {
  push(item: Item): void;
  shift(): Item | undefined;
  first(): Item | undefined;
  /** So many from the first on, or what there is. They stay. */
  front(count: number): readonly Item[];
  readonly size: () => number;
  /** Takes out what does not fit; costs a look at each. */
  keep(fits: (item: Item) => boolean): void;
}

/** How much of the array may lie behind the first item before it is cut. */
const SPARE = 64;

/** Makes an empty one. */
export function createFifo<Item>(): Fifo<Item> {
  let items: (Item | undefined)[] = [];
  let start = 0;
  return {
    push: (item) => void items.push(item),
    shift() {
      if (start === items.length) return undefined;
      const item = items[start];
      // what was taken out can be forgotten
      items[start] = undefined;
      start += 1;
      if (start > SPARE && start * 2 > items.length) {
        items = items.slice(start);
        start = 0;
      }
      return item;
    },
    first: () => items[start],
    front: (count) => items.slice(start, start + count).filter((item) => item !== undefined),
    size: () => items.length - start,
    keep(fits) {
      items = items.slice(start).filter((item) => item !== undefined && fits(item));
      start = 0;
    },
  };
}
