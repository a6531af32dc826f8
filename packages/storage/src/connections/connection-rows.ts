import type { Connection } from "@wadesk/core";
import { searchTextOf, wholeTime } from "@wadesk/core/ports";
import { keyText } from "../sql/key-text.ts";

/** A connection as its table keeps it; numbers come back from PostgreSQL as text. */
export interface ConnectionRow {
  readonly id: string;
  readonly is_primary: number;
  readonly version: number | string;
  readonly created_at: number | string;
  readonly last_seen_at: number | string | null;
  readonly data: string;
}

/** The columns of a `ConnectionRow`. */
export const CONNECTION_COLUMNS: readonly string[] = ["id", "is_primary", "version", "created_at", "last_seen_at", "data"];

/** The columns that are looked up, and the row itself. */
export interface ConnectionColumns {
  readonly route: string;
  readonly account: string | undefined;
  readonly region: string | undefined;
  readonly state: string;
  /** What a search looks through; rows that no version with searches has written have none. */
  readonly searched: string;
  readonly epoch: number;
  readonly createdAt: number;
  /** Since when it has been in its state, which counts as seen while nothing else does. */
  readonly since: number;
  readonly data: string;
}

/** When a connection was last seen, where that is known. */
export function seenAtOf({ lastSeenAt }: Pick<Connection, "lastSeenAt">): number | undefined {
  return lastSeenAt === undefined ? undefined : wholeTime(lastSeenAt);
}

/** What of a connection is looked up, and all of it as JSON. */
export function toColumns(connection: Connection): ConnectionColumns {
  const { route, account, region, status, epoch, createdAt } = connection;
  return {
    route: keyText(route),
    account: account === undefined ? undefined : keyText(account),
    region: region === undefined ? undefined : keyText(region),
    searched: searchTextOf(connection),
    state: status.state,
    since: wholeTime(status.since),
    epoch,
    createdAt: wholeTime(createdAt),
    data: JSON.stringify(connection),
  };
}

/** The connection of a row. What changes by itself is in columns of its own, which count over the JSON. */
export function toConnection({ data, is_primary, version, last_seen_at }: ConnectionRow): Connection {
  const { lastSeenAt: _former, ...connection } = JSON.parse(data) as Connection;
  return {
    ...connection,
    primary: Number(is_primary) === 1,
    version: Number(version),
    ...(last_seen_at !== null && { lastSeenAt: Number(last_seen_at) }),
  };
}
