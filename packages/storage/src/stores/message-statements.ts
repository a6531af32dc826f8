import type { RawBuilder } from "kysely";
import { type Statement, type StatementKit, statement } from "../sql/statement.ts";
import type { StoredMessage } from "./message-rows.ts";

/** One message of a workspace. */
export interface OneMessage {
  readonly workspaceId: string;
  readonly id: string;
}

/** A vendor's message id, within one connection. */
export interface OneStanding {
  readonly connectionId: string;
  readonly providerId: string;
}

/** A new row. */
export interface NewMessage extends OneMessage {
  readonly connectionId: string;
  readonly idempotencyKey: string | undefined;
  readonly providerId: string | undefined;
  readonly rank: number;
  readonly createdAt: number;
  readonly waiting: number;
  readonly data: string;
}

// where a message stands is read off its standing, so a status and its row may be written in any order, and at once
function selectMessages({ sql, table }: Pick<StatementKit<never>, "sql" | "table">): RawBuilder<unknown> {
  return sql`
    select message.id, message.created_at, message.data, message.receipt, message.waiting, standing.status, standing.at, standing.failure
    from ${table("messages")} as message
    left join ${table("standings")} as standing
      on standing.connection_id = message.connection_id and standing.provider_id = message.provider_id`;
}

/** Answers nothing when the id or the idempotency key is there already. */
export const INSERT: Statement<NewMessage, unknown> = statement(
  ({ sql, table, value }) => sql`
    insert into ${table("messages")} (workspace_id, id, connection_id, idempotency_key, provider_id, rank, created_at, waiting, data)
    values (${value("workspaceId")}, ${value("id")}, ${value("connectionId")}, ${value("idempotencyKey")}, ${value("providerId")},
      ${value("rank")}, ${value("createdAt")}, ${value("waiting")}, ${value("data")})
    on conflict do nothing
    returning id`,
);

/** One message by its id. */
export const GET: Statement<OneMessage, StoredMessage> = statement(
  (kit) => kit.sql`${selectMessages(kit)} where message.workspace_id = ${kit.value("workspaceId")} and message.id = ${kit.value("id")}`,
);

/** One message by its idempotency key. */
export const BY_KEY: Statement<{ workspaceId: string; idempotencyKey: string }, StoredMessage> = statement(
  (kit) => kit.sql`${selectMessages(kit)}
    where message.workspace_id = ${kit.value("workspaceId")} and message.idempotency_key = ${kit.value("idempotencyKey")}`,
);

/** Those after a place, oldest first. */
export const LIST: Statement<OneMessage & { createdAt: number; limit: number }, StoredMessage> = statement(
  (kit) => kit.sql`${selectMessages(kit)}
    where message.workspace_id = ${kit.value("workspaceId")} and (message.created_at, message.id) > (${kit.value("createdAt")}, ${kit.value("id")})
    order by message.created_at, message.id limit ${kit.value("limit")}`,
);

/** Answers a row when the message waited there, and goes now to a connection that the workspace has. `data` is the row as it is then. */
export const MOVE: Statement<OneMessage & { from: string; to: string; data: string }, unknown> = statement(
  ({ sql, table, value }) => sql`
    update ${table("messages")} set connection_id = ${value("to")}, data = ${value("data")}
    where workspace_id = ${value("workspaceId")} and id = ${value("id")} and connection_id = ${value("from")} and waiting = 1
    and exists (select 1 from ${table("connections")} as c where c.id = ${value("to")} and c.workspace_id = ${value("workspaceId")})
    returning id`,
);

/** Answers a row when the message waited there. */
export const HAND: Statement<OneMessage & { connectionId: string }, unknown> = statement(
  ({ sql, table, value }) => sql`
    update ${table("messages")} set waiting = 0
    where workspace_id = ${value("workspaceId")} and id = ${value("id")} and connection_id = ${value("connectionId")} and waiting = 1
    returning id`,
);

/** Writes the vendor's receipt. */
export const ACCEPT: Statement<OneMessage & { providerId: string; receipt: string }, unknown> = statement(
  ({ sql, table, value }) => sql`
    update ${table("messages")} set provider_id = ${value("providerId")}, receipt = ${value("receipt")}, waiting = 0
    where workspace_id = ${value("workspaceId")} and id = ${value("id")}`,
);

/**
 * Climbs, and answers whose message it is; answers nothing when the standing is as high already. It is brief: what said so stands in the inbox until that it was done with
 * is written, later, and says so again where the standing was lost.
 */
export const ADVANCE: Statement<
  OneStanding & { rank: number; status: string; at: number; failure: string | undefined },
  { message: string | null }
> = statement(({ sql, table, value }) => {
  const ofMessage = sql`connection_id = ${value("connectionId")} and provider_id = ${value("providerId")}`;
  return sql`
    insert into ${table("standings")} as standing (connection_id, provider_id, rank, status, at, failure)
    select ${value("connectionId")}, ${value("providerId")}, cast(${value("rank")} as integer), ${value("status")},
      cast(${value("at")} as bigint), ${value("failure")}
    where not exists (select 1 from ${table("messages")} where ${ofMessage} and rank >= ${value("rank")})
    on conflict (connection_id, provider_id) do update
      set rank = excluded.rank, status = excluded.status, at = excluded.at, failure = excluded.failure
      where standing.rank < excluded.rank
    returning (select data from ${table("messages")} where ${ofMessage} limit 1) as message`;
}, "brief");

/** Where a vendor's message stands, as was reported for it, and whose it is. */
export interface StandingNow {
  readonly status: string | null;
  readonly message: string | null;
}

/** Where a vendor's message stands, and whose it is. */
export const STANDING: Statement<OneStanding, StandingNow> = statement(({ sql, table, value }) => {
  const of = sql`connection_id = ${value("connectionId")} and provider_id = ${value("providerId")}`;
  return sql`
    select (select status from ${table("standings")} where ${of}) as status,
      (select data from ${table("messages")} where ${of} limit 1) as message`;
});

/** Answers the standings that were theirs. */
export const FORGET: Statement<OneMessage, StandingRow> = statement(
  ({ sql, table, value }) => sql`
    delete from ${table("messages")} where workspace_id = ${value("workspaceId")} and id = ${value("id")}
    returning connection_id, provider_id`,
);

/** A standing's name. */
export interface StandingRow {
  readonly connection_id: string;
  readonly provider_id: string | null;
}

/** Forgets the oldest messages; answers the standings that were theirs. */
export const PRUNE: Statement<{ before: number; limit: number }, StandingRow> = statement(
  ({ sql, table, value }) => sql`
    delete from ${table("messages")} where (workspace_id, id) in (
      select workspace_id, id from ${table("messages")} where created_at < ${value("before")} order by created_at limit ${value("limit")}
    )
    returning connection_id, provider_id`,
);

/** `names` is a list of connection and provider id. */
export const DROP_STANDINGS: Statement<{ names: string }, unknown> = statement(
  ({ sql, table, value, words }) => sql`
    delete from ${table("standings")} where (connection_id, provider_id) in (
      select each.value ->> 0, each.value ->> 1 from ${words.each(value("names"))}
    )`,
);

/** Standings that never found their row. */
export const PRUNE_STRAYS: Statement<{ before: number; limit: number }, unknown> = statement(
  ({ sql, table, value }) => sql`
    delete from ${table("standings")} where (connection_id, provider_id) in (
      select connection_id, provider_id from ${table("standings")} as standing
      where at < ${value("before")} and not exists (
        select 1 from ${table("messages")} as message
        where message.connection_id = standing.connection_id and message.provider_id = standing.provider_id
      )
      order by at limit ${value("limit")}
    )
    returning connection_id`,
);

/** How many rows one statement deletes at most, so that none takes long and others get their turn. */
export const ROWS_AT_ONCE = 1000;

/** What is forgotten of one connection. */
export interface OfConnection {
  readonly workspaceId: string;
  readonly connectionId: string;
}

/** Answers a row when a connection, or a message of it, is another workspace's. */
export const IS_ANOTHERS: Statement<OfConnection, unknown> = statement(
  ({ sql, table, value }) => sql`
    select 1 from ${table("connections")} where id = ${value("connectionId")} and workspace_id <> ${value("workspaceId")}
    union all
    select 1 from ${table("messages")} where connection_id = ${value("connectionId")} and workspace_id <> ${value("workspaceId")}
    limit 1`,
);

/** Some of the standings of one connection. */
export const DROP_OF_CONNECTION: Statement<OfConnection, unknown> = statement(
  ({ sql, table, value }) => sql`
    delete from ${table("standings")} where (connection_id, provider_id) in (
      select connection_id, provider_id from ${table("standings")} where connection_id = ${value("connectionId")} limit ${sql.lit(ROWS_AT_ONCE)}
    )
    returning connection_id`,
);

/** Some of a connection's messages. */
export const DELETE_OF_CONNECTION: Statement<OfConnection, unknown> = statement(
  ({ sql, table, value }) => sql`
    delete from ${table("messages")} where (workspace_id, id) in (
      select workspace_id, id from ${table("messages")}
      where workspace_id = ${value("workspaceId")} and connection_id = ${value("connectionId")} limit ${sql.lit(ROWS_AT_ONCE)}
    )
    returning id`,
);

/** The connections that a workspace has, and those of its messages. */
export const CONNECTIONS_OF: Statement<{ workspaceId: string }, { connection_id: string }> = statement(
  ({ sql, table, value }) => sql`
    select connection_id from ${table("messages")} where workspace_id = ${value("workspaceId")}
    union select id from ${table("connections")} where workspace_id = ${value("workspaceId")}`,
);

/** Some of a workspace's messages. */
export const DELETE_OF_WORKSPACE: Statement<{ workspaceId: string }, unknown> = statement(
  ({ sql, table, value }) => sql`
    delete from ${table("messages")} where (workspace_id, id) in (
      select workspace_id, id from ${table("messages")} where workspace_id = ${value("workspaceId")}
      order by id limit ${sql.lit(ROWS_AT_ONCE)}
    )
    returning id`,
);
