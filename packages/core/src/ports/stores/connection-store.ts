import type { Connection } from "../../model/connection.ts";
import type { ConnectionState } from "../../status/connection-status.ts";
import type { Page, PageRequest } from "./page.ts";

/** Which connections to count; an absent field lets all through. */
export interface ConnectionScope {
  /** The channel's kind. */
  readonly channel?: string;
  /** ISO 3166, e.g. `BR`. */
  readonly region?: string;
  /** A connected row not seen since then (milliseconds since the epoch) is filtered and counted as disconnected. */
  readonly silentBefore?: number;
}

/** Which connections to list. */
export interface ConnectionFilter extends ConnectionScope {
  /** Only those in one of these states. */
  readonly states?: readonly ConnectionState[];
  /** Only those that {@link searchNeedles} of this text find in their {@link searchTextOf}. */
  readonly search?: string;
}

/** How many connections are in each state. */
export type StateCounts = Readonly<Record<ConnectionState, number>>;

/** How many connections have their phone in a region. */
export interface RegionCount {
  /** ISO 3166, e.g. `BR`. */
  readonly region: string;
  /** How many connections. */
  readonly count: number;
}

/** How many connections there are, and where `changedSince` goes on from them: all of one moment. */
export interface ConnectionCounts {
  /** By state. */
  readonly states: StateCounts;
  /** The most first, and among as many by name. Those without a region are in none. */
  readonly regions: readonly RegionCount[];
  /** Where `changedSince` goes on. */
  readonly cursor: string;
}

/** What became of a workspace's connections since a cursor. */
export interface ConnectionChanges {
  /** Made or changed, as they now stand, in the order of their last change: each once. */
  readonly changed: readonly Connection[];
  /** The ids of those removed. */
  readonly removed: readonly string[];
  /** Where the next call goes on. */
  readonly cursor: string;
  /** There is more already. */
  readonly more: boolean;
}

/** The fields of a connection that change. */
export type ConnectionChange = Partial<Omit<Connection, "id" | "workspaceId" | "channel" | "version" | "primary">>;

/** Every row is addressed with its workspace. */
export interface ConnectionStore {
  /** Refuses a route that is taken by anybody, and the row that would exceed the limit of its workspace and channel. */
  insert(row: Connection, limit?: number): Promise<"inserted" | "route_taken" | "limit_reached">;
  /** The row as it stands; nothing for one of another workspace. */
  get(workspaceId: string, id: string): Promise<Connection | undefined>;
  /** Oldest first. */
  list(workspaceId: string, filter: ConnectionFilter, page: PageRequest): Promise<Page<Connection>>;
  /** By state and by region, in one read. */
  counts(workspaceId: string, scope: ConnectionScope): Promise<ConnectionCounts>;
  /**
   * What was made, changed or removed since a cursor of `counts` or of this, at most `limit` of them; heartbeats are no change. Nothing is missed:
   * what counted before the cursor was given is seen by whoever lists after it. Answers `undefined` where the cursor is older than what is remembered,
   * which is the last thousand removals of a workspace at least: then its lists begin anew. Rejects with `input_invalid` for what is no cursor.
   */
  changedSince(workspaceId: string, cursor: string, limit: number): Promise<ConnectionChanges | undefined>;
  /** Forgets which connections of a workspace were removed; cursors from before begin anew. */
  forgetChanges(workspaceId: string): Promise<void>;
  /** The one that has the route, of whichever workspace. */
  byRoute(route: string): Promise<Connection | undefined>;
  /** Of every workspace, oldest first. */
  byAccount(account: string): Promise<readonly Connection[]>;
  /** Adds one to the version. */
  update(
    workspaceId: string,
    id: string,
    expectedVersion: number,
    change: ConnectionChange,
  ): Promise<"updated" | "conflict" | "gone" | "route_taken">;
  /** Heartbeats: unversioned; a lower epoch is ignored, and so is an earlier time. */
  touch(seen: readonly { readonly id: string; readonly epoch: number; readonly at: number }[]): Promise<void>;
  /** The one of a workspace and channel that has the mark. What it costs does not grow with their number. */
  primary(workspaceId: string, channel: string): Promise<Connection | undefined>;
  /** Moves the mark from the one that has it. `if-none` leaves an existing mark alone. */
  setPrimary(workspaceId: string, channel: string, id: string, only?: "if-none"): Promise<void>;
  /** Forgets the row, and remembers for `changedSince` that it was removed. */
  delete(workspaceId: string, id: string): Promise<void>;
  /** Connected rows of one channel not seen since then, longest silent first. */
  silent(channel: string, before: number, limit: number): Promise<readonly Connection[]>;
  /** Of every workspace and channel, in the order of their ids: for work that visits each one. */
  walk(page: PageRequest): Promise<Page<Connection>>;
  /** How many there are in all. */
  total(): Promise<number>;
}
