import { type Statement, statement } from "../sql/statement.ts";
import { columnsOf } from "./connection-list.ts";
import type { ConnectionColumns, ConnectionRow } from "./connection-rows.ts";

/** One connection of a workspace. */
export interface OneConnection {
  readonly workspaceId: string;
  readonly id: string;
}

/** One connection by its id. */
export const GET: Statement<OneConnection, ConnectionRow> = statement(
  ({ sql, table, value }) =>
    sql`select ${columnsOf(sql)} from ${table("connections")} where id = ${value("id")} and workspace_id = ${value("workspaceId")}`,
);

/** Whoever has a route. */
export const BY_ROUTE: Statement<{ route: string }, ConnectionRow> = statement(
  ({ sql, table, value }) => sql`select ${columnsOf(sql)} from ${table("connections")} where route = ${value("route")}`,
);

/** Everybody on an account, oldest first. */
export const BY_ACCOUNT: Statement<{ account: string }, ConnectionRow> = statement(
  ({ sql, table, value }) =>
    sql`select ${columnsOf(sql)} from ${table("connections")} where account = ${value("account")} order by created_at, id`,
);

/** A new row. */
export interface NewConnection extends ConnectionColumns, OneConnection {
  readonly channel: string;
  /** 1 or 0. */
  readonly primary: number;
  readonly version: number;
  readonly seenAt: number | undefined;
}

/** Answers nothing when the route is taken. */
export const INSERT: Statement<NewConnection, unknown> = statement(
  ({ sql, table, value }) => sql`
    insert into ${table("connections")}
      (id, workspace_id, channel, route, account, region, searched, state, is_primary, epoch, version, created_at, last_seen_at, seen_at, data)
    values (${value("id")}, ${value("workspaceId")}, ${value("channel")}, ${value("route")}, ${value("account")}, ${value("region")}, ${value("searched")},
      ${value("state")}, ${value("primary")}, ${value("epoch")}, ${value("version")}, ${value("createdAt")},
      cast(${value("seenAt")} as bigint), coalesce(cast(${value("seenAt")} as bigint), ${value("since")}), ${value("data")})
    on conflict (route) do nothing
    returning id`,
);

/** Makes those who change the same channel of a workspace wait for each other; the name is any text. */
export const HOLD: Statement<{ name: string }, unknown> = statement(
  ({ sql, words, value }) => words.hold?.(value("name")) ?? sql`select 1`,
);

/** How many a workspace has of one channel. */
export const COUNT_OF_CHANNEL: Statement<{ workspaceId: string; channel: string }, { count: number | string | null }> = statement(
  ({ sql, table, value }) =>
    sql`select sum(count) as count from ${table("connection_counts")} where workspace_id = ${value("workspaceId")} and channel = ${value("channel")}`,
);

/** A change of a row that is at the version expected. */
export interface ChangedConnection extends ConnectionColumns, OneConnection {
  readonly expected: number;
  /** 1 when `seenAt` counts; heartbeats otherwise write it between the reading of the row and this. */
  readonly moveSeen: number;
  readonly seenAt: number | undefined;
}

/** Answers nothing when the row is gone or at another version; a route that is taken is a unique violation. */
export const UPDATE: Statement<ChangedConnection, unknown> = statement(({ sql, table, value }) => {
  const seenAt = sql`case when ${value("moveSeen")} = 1 then cast(${value("seenAt")} as bigint) else last_seen_at end`;
  return sql`
    update ${table("connections")} set
      route = ${value("route")}, account = ${value("account")}, region = ${value("region")}, searched = ${value("searched")}, state = ${value("state")},
      epoch = ${value("epoch")}, version = version + 1, created_at = ${value("createdAt")}, data = ${value("data")},
      last_seen_at = ${seenAt}, seen_at = coalesce(${seenAt}, ${value("since")})
    where id = ${value("id")} and workspace_id = ${value("workspaceId")} and version = ${value("expected")}
    returning id`;
});

/** Removes one connection. */
export const DELETE: Statement<OneConnection, unknown> = statement(
  ({ sql, table, value }) => sql`delete from ${table("connections")} where id = ${value("id")} and workspace_id = ${value("workspaceId")}`,
);

/** `seen` is a list of id, epoch and time. */
export const TOUCH: Statement<{ seen: string }, unknown> = statement(
  ({ sql, table, value, words }) => sql`
    update ${table("connections")} as own set last_seen_at = latest.at, seen_at = latest.at
    from (
      select known.id as id, max(cast(each.value ->> 2 as bigint)) as at
      from ${words.each(value("seen"))}
      join ${table("connections")} as known on known.id = each.value ->> 0 and known.epoch <= cast(each.value ->> 1 as bigint)
      group by known.id
    ) as latest
    where own.id = latest.id and latest.at > coalesce(own.last_seen_at, 0)`,
);

/** Who has the mark of a workspace and channel. */
export const PRIMARY_OF: Statement<{ workspaceId: string; channel: string }, ConnectionRow> = statement(
  ({ sql, table, value }) => sql`
    select ${columnsOf(sql)} from ${table("connections")}
    where workspace_id = ${value("workspaceId")} and channel = ${value("channel")} and is_primary = 1`,
);

/** Gives the mark to one, and takes it from whoever had it. */
export const MOVE_PRIMARY: Statement<OneConnection & { channel: string }, unknown> = statement(
  ({ sql, table, value }) => sql`
    update ${table("connections")} set is_primary = case when id = ${value("id")} then 1 else 0 end
    where workspace_id = ${value("workspaceId")} and channel = ${value("channel")} and (is_primary = 1 or id = ${value("id")})`,
);

/** Connected rows of a channel not seen since then, longest silent first. */
export const SILENT: Statement<{ channel: string; before: number; limit: number }, ConnectionRow> = statement(
  ({ sql, table, value }) => sql`
    select ${columnsOf(sql)} from ${table("connections")}
    where channel = ${value("channel")} and state = 'connected' and seen_at < ${value("before")} order by seen_at, id limit ${value("limit")}`,
);

/** Those after an id, in the order of ids. */
export const WALK: Statement<{ id: string; limit: number }, ConnectionRow> = statement(
  ({ sql, table, value }) =>
    sql`select ${columnsOf(sql)} from ${table("connections")} where id > ${value("id")} order by id limit ${value("limit")}`,
);

/** How many there are in all. */
export const TOTAL: Statement<object, { count: number | string | null }> = statement(
  ({ sql, table }) => sql`select sum(count) as count from ${table("connection_counts")}`,
);
