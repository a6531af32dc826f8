import type { Connection } from "../../model/connection.ts";
import type { ConnectionState } from "../../status/connection-status.ts";
import type { Page, PageRequest } from "./storage.ts";

/** Which connections to list or count; an absent field lets all through. */
export interface ConnectionFilter {
  readonly channel?: string;
  readonly region?: string;
  readonly states?: readonly ConnectionState[];
  /** A connected row not seen since then (milliseconds since the epoch) is filtered and counted as disconnected. */
  readonly silentBefore?: number;
}

/** The fields of a connection that change. */
export type ConnectionChange = Partial<Omit<Connection, "id" | "workspaceId" | "channel" | "version" | "primary">>;

/** Every row is addressed with its workspace. */
export interface ConnectionStore {
  /** Refuses a route that is taken by anybody, and the row that would exceed the limit of its workspace and channel. */
  insert(row: Connection, limit?: number): Promise<"inserted" | "route_taken" | "limit_reached">;
  get(workspaceId: string, id: string): Promise<Connection | undefined>;
  /** Oldest first. */
  list(workspaceId: string, filter: ConnectionFilter, page: PageRequest): Promise<Page<Connection>>;
  count(workspaceId: string, filter: ConnectionFilter): Promise<number>;
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
  /** Moves the mark from the one that has it. `if-none` leaves an existing mark alone. */
  setPrimary(workspaceId: string, channel: string, id: string, only?: "if-none"): Promise<void>;
  delete(workspaceId: string, id: string): Promise<void>;
  /** Connected rows not seen since then, longest silent first. */
  silent(before: number, limit: number): Promise<readonly Connection[]>;
}
