import { type Statement, statement } from "../sql/statement.ts";

/** A session as it is stored; `place` is JSON of workspace, connection and kind. */
export interface SessionRow {
  readonly place: string;
  readonly token: number | string;
}

/** A process, and how many wanted sessions of a kind it holds. */
export interface ShareRow {
  readonly name: string;
  readonly kinds: string;
  readonly until: number | string;
  readonly held: number | string;
}

/** Begins a process. */
export const JOIN: Statement<{ name: string; kinds: string; until: number }, unknown> = statement(
  ({ sql, table, value }) => sql`
    insert into ${table("session_processes")} (name, kinds, until) values (${value("name")}, ${value("kinds")}, ${value("until")})`,
  "brief",
);

/** Answers a row where it still lived. */
export const BEAT: Statement<{ name: string; kinds: string; until: number; now: number }, unknown> = statement(
  ({ sql, table, value }) => sql`
    update ${table("session_processes")} set until = ${value("until")}, kinds = ${value("kinds")}
    where name = ${value("name")} and until > ${value("now")} returning name`,
  "brief",
);

/** Whether a process lives; it cannot be forgotten until the transaction ends. */
export const LIVES: Statement<{ name: string; now: number }, unknown> = statement(
  ({ sql, table, value, words }) => sql`
    select name from ${table("session_processes")} where name = ${value("name")} and until > ${value("now")} ${words.forShare}`,
);

/** Forgets a process. */
export const END: Statement<{ name: string }, unknown> = statement(
  ({ sql, table, value }) => sql`delete from ${table("session_processes")} where name = ${value("name")}`,
);

/** Those whose time is over; nobody can let them live on until the transaction ends. */
export const LAPSED: Statement<{ now: number }, { readonly name: string }> = statement(
  ({ sql, table, value, words }) => sql`
    select name from ${table("session_processes")} where until <= ${value("now")} order by name ${words.forUpdate}`,
);

/** Frees all that a process holds. */
export const FREE_ALL: Statement<{ name: string }, unknown> = statement(
  ({ sql, table, value }) => sql`
    update ${table("sessions")} set process = '' where process = ${value("name")} and process <> '' returning connection_id`,
);

/** Frees those among a list of lists of one that a process holds. */
export const FREE: Statement<{ name: string; ids: string }, unknown> = statement(
  ({ sql, table, value, words }) => sql`
    update ${table("sessions")} set process = ''
    where process = ${value("name")} and connection_id in (select each.value ->> 0 from ${words.each(value("ids"))})`,
  "brief",
);

/** Every process, living or not. */
export const SHARES: Statement<{ kind: string }, ShareRow> = statement(
  ({ sql, table, value }) => sql`
    select name, kinds, until, (
      select count(*) from ${table("sessions")} as session
      where session.process = owner.name and session.process <> '' and session.kind = ${value("kind")} and session.wanted = 1
    ) as held
    from ${table("session_processes")} as owner
    union all
    select '', '[]', 0, count(*) from ${table("sessions")} where process = '' and wanted = 1 and kind = ${value("kind")}`,
);

/** Takes the first that nobody holds, and passes over those that somebody is taking. */
export const CLAIM: Statement<{ name: string; kind: string; limit: number }, SessionRow> = statement(
  ({ sql, table, value, words }) => sql`
    update ${table("sessions")} set process = ${value("name")}, token = token + 1
    where connection_id ${words.oneOf(sql`
      select session.connection_id from ${table("sessions")} as session
      where session.process = '' and session.wanted = 1 and session.kind = ${value("kind")}
      order by session.connection_id limit ${value("limit")} ${words.forUpdateSkipping(sql`session`)}`)}
    and process = '' and wanted = 1
    returning place, token`,
);

/** Takes one from whoever has it. */
export const TAKE: Statement<{ id: string; place: string; kind: string; name: string; floor: number }, SessionRow> = statement(
  ({ sql, table, value, words }) => sql`
    insert into ${table("sessions")} as held (connection_id, place, kind, wanted, process, token)
    values (${value("id")}, ${value("place")}, ${value("kind")}, 0, ${value("name")}, ${value("floor")} + 1)
    on conflict (connection_id) do update
    set process = excluded.process, place = excluded.place, kind = excluded.kind, token = ${words.greatest(sql`held.token + 1`, sql`excluded.token`)}
    returning place, token`,
);

/** Says whether some process should hold it. */
export const WANT: Statement<{ id: string; wanted: number }, unknown> = statement(
  ({ sql, table, value }) => sql`update ${table("sessions")} set wanted = ${value("wanted")} where connection_id = ${value("id")}`,
);

/** The wanted ones that a process holds. */
export const HELD: Statement<{ name: string }, SessionRow> = statement(
  ({ sql, table, value }) => sql`
    select place, token from ${table("sessions")} where process = ${value("name")} and process <> '' and wanted = 1`,
);

/** One session, and its process where that lives. */
export const FIND: Statement<{ id: string; now: number }, { readonly wanted: number; readonly name: string | null }> = statement(
  ({ sql, table, value }) => sql`
    select session.wanted, owner.name from ${table("sessions")} as session
    left join ${table("session_processes")} as owner on owner.name = session.process and owner.until > ${value("now")}
    where session.connection_id = ${value("id")}`,
);

/** Forgets one. */
export const FORGET: Statement<{ id: string }, unknown> = statement(
  ({ sql, table, value }) => sql`delete from ${table("sessions")} where connection_id = ${value("id")}`,
);

/** Answers a row when a process that lives holds it; whoever wants to take it then waits for the end of the transaction. */
export const HOLDS_SESSION: Statement<{ id: string; name: string; token: number; now: number }, unknown> = statement(
  ({ sql, table, value, words }) => sql`
    select token from ${table("sessions")} as session
    where session.connection_id = ${value("id")} and session.process = ${value("name")} and session.token = ${value("token")}
    and exists (select 1 from ${table("session_processes")} as owner where owner.name = session.process and owner.until > ${value("now")})
    ${words.forShare}`,
);
