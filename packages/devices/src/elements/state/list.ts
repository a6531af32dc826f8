import type { WireConnection } from "../../wire/connection.ts";
import type { WireEvent } from "../../wire/event.ts";
import type { WireCounts, WireList } from "../../wire/list.ts";
import type { WireFailure } from "../../wire/problem.ts";
import { type Filter, isEverything, isSameFilter, isWanted } from "./filter.ts";

/** The list while it shows something. */
export interface Shown {
  readonly kind: "shown";
  readonly filter: Filter;
  readonly channel: string;
  readonly items: readonly WireConnection[];
  /** The cursor of the page after those that are shown. */
  readonly next?: string;
  readonly counts: WireCounts;
  readonly regions: WireList["regions"];
  /** New ones that are not shown before somebody asks for them, so that nothing moves. */
  readonly waiting: readonly WireConnection[];
  /** Whether an answer is on its way. */
  readonly busy: boolean;
  /** Why the newest reading of it failed; what is shown stands as it was. */
  readonly failure?: WireFailure;
}

/** The list of connections, as it stands. */
export type ListState =
  | { readonly kind: "loading"; readonly filter: Filter }
  | { readonly kind: "failed"; readonly filter: Filter; readonly failure: WireFailure }
  | Shown;

/** What happens to it. */
export type ListEvent =
  | { readonly type: "wanted"; readonly filter: Filter }
  | { readonly type: "loaded"; readonly filter: Filter; readonly list: WireList }
  | { readonly type: "appended"; readonly filter: Filter; readonly list: WireList }
  | { readonly type: "failed"; readonly failure: WireFailure }
  | { readonly type: "welcomed" }
  | { readonly type: "snapshot"; readonly list: WireList }
  | Extract<WireEvent, { readonly type: "changed" | "removed" | "counts" }>;

/** Before the first answer. */
export const LOADING: ListState = { kind: "loading", filter: {} };

/** Folds what happens into the list. An older state of a connection never replaces a newer one. */
export function reduceList(state: ListState, event: ListEvent): ListState {
  switch (event.type) {
    case "wanted":
      return state.kind === "shown" ? { ...state, filter: event.filter, busy: true } : { kind: "loading", filter: event.filter };
    case "loaded":
      return isSameFilter(event.filter, state.filter) ? shown(state.filter, event.list) : state;
    case "snapshot":
      return snapshot(state, event.list);
    case "failed":
      return state.kind === "shown"
        ? { ...state, failure: event.failure, busy: false }
        : { kind: "failed", filter: state.filter, failure: event.failure };
    default:
      return state.kind === "shown" ? reduceShown(state, event) : state;
  }
}

type ShownEvent = Extract<ListEvent, { readonly type: "appended" | "changed" | "removed" | "counts" | "welcomed" }>;

function reduceShown(state: Shown, event: ShownEvent): Shown {
  switch (event.type) {
    case "appended": {
      if (!isSameFilter(event.filter, state.filter)) return state;
      const { next, items, ...rest } = shown(state.filter, event.list);
      const there = new Set(state.items.map(({ id }) => id));
      const fresh = items.filter(({ id }) => !there.has(id));
      return { ...rest, items: [...state.items, ...fresh], ...(next !== undefined && { next }) };
    }
    case "changed":
      return changed(state, event.connection);
    case "removed":
      return removed(state, event.id);
    case "counts":
      return { ...state, counts: event.counts, regions: event.regions };
    case "welcomed":
      return { ...state, items: [...state.items, ...state.waiting], waiting: [] };
  }
}

function shown(filter: Filter, { channel, items, next, counts, regions }: WireList): Shown {
  return { kind: "shown", filter, channel, items, ...(next !== undefined && { next }), counts, regions, waiting: [], busy: false };
}

// a snapshot is of all and of one page: whoever filters, or has paged on, keeps what is shown, brought up to date
function snapshot(state: ListState, list: WireList): ListState {
  if (!isEverything(state.filter)) return state.kind === "shown" ? upToDate(state, list) : state;
  if (state.kind !== "shown" || state.channel !== list.channel || state.items.length <= list.items.length) return shown(state.filter, list);
  return upToDate(state, list);
}

function upToDate(state: Shown, { items, counts, regions }: WireList): Shown {
  const { failure: _over, ...rest } = state;
  const newest = new Map(items.map((item) => [item.id, item]));
  return { ...rest, counts, regions, items: state.items.map((item) => newer(item, newest.get(item.id))) };
}

function changed(state: Shown, connection: WireConnection): Shown {
  const { id } = connection;
  const before = state.items.find((item) => item.id === id);
  if (before !== undefined) {
    const now = newer(before, connection);
    return { ...state, counts: moved(state.counts, before, now), items: state.items.map((item) => (item.id === id ? now : item)) };
  }
  if (connection.channel !== state.channel || !isWanted(connection, state.filter)) return state;
  if (state.waiting.some((item) => item.id === id))
    return { ...state, waiting: state.waiting.map((item) => (item.id === id ? newer(item, connection) : item)) };
  if (state.next !== undefined) return { ...state, waiting: [...state.waiting, connection] };
  // where the whole list is shown a new one has its place at the end, and moves nothing
  const counts = isEverything(state.filter) ? moved(state.counts, undefined, connection) : state.counts;
  return { ...state, counts, items: [...state.items, connection] };
}

function removed(state: Shown, id: string): Shown {
  const before = state.items.find((item) => item.id === id);
  const counts = before === undefined ? state.counts : moved(state.counts, before, undefined);
  return { ...state, counts, items: without(state.items, id), waiting: without(state.waiting, id) };
}

// the handler counts every two seconds; until then what is seen is counted on
function moved(counts: WireCounts, from: WireConnection | undefined, to: WireConnection | undefined): WireCounts {
  const after = { ...counts };
  if (from !== undefined) after[from.status.state] -= 1;
  if (to !== undefined) after[to.status.state] += 1;
  if ((from === undefined) !== (to === undefined)) after.all += to === undefined ? -1 : 1;
  return after;
}

function newer(item: WireConnection, other: WireConnection | undefined): WireConnection {
  return other !== undefined && other.version >= item.version ? other : item;
}

function without(items: readonly WireConnection[], id: string): readonly WireConnection[] {
  return items.filter((item) => item.id !== id);
}
