/** One page of a longer list; `next` is the cursor of the following one. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next?: string;
}

/** Where to go on reading. A list rejects with `input_invalid` for a cursor that it cannot have answered: from the front it would never end. */
export interface PageRequest {
  readonly limit: number;
  readonly cursor?: string;
}
