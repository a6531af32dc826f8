/** One page of a longer list; `next` is the cursor of the following one. */
export interface Page<Item> {
  /** What this page has, in the list's order. */
  readonly items: readonly Item[];
  /** Where the next page goes on; absent at the end. */
  readonly next?: string;
}

/** Where to go on reading. A list rejects with `input_invalid` for a cursor that it cannot have answered: from the front it would never end. */
export interface PageRequest {
  /** How many at most. */
  readonly limit: number;
  /** `next` of the page before; absent for the first. */
  readonly cursor?: string;
}
