import type { SqlDatabase } from "../sql/database.ts";
import { type Statement, type StatementKit, statement } from "../sql/statement.ts";
import type { SqlDialect } from "../sql/words.ts";
import { laneOf } from "./claim/lane.ts";
import { type EventRow, listOf, renamed } from "./event-row.ts";

interface Rows {
  /** A JSON array of arrays. */
  readonly rows: string;
}

interface FreshRow {
  readonly key: string;
  readonly order_key: string;
  readonly position: number | string;
  readonly workspace_id: string;
  readonly connection_id: string;
}

type Part = ReturnType<StatementKit<Rows>["value"]>;

/** Counts events into their queues: `source` selects order key, count, turn, lane, line and what it is behind, sorted so that no two transactions wait for each other. */
function intoQueues({ sql, table }: StatementKit<Rows>, source: Part): Part {
  return sql`
    insert into ${table("inbox_queues")} as q (order_key, open, turn, lane, line, behind, due_at, token, head, attempts) ${source}
    on conflict (order_key) do update set
      open = q.open + excluded.open,
      due_at = case when q.open = 0 then 0 else q.due_at end,
      turn = case when q.open = 0 then excluded.turn else q.turn end,
      lane = case when excluded.open > 0 then excluded.lane else q.lane end,
      line = case when excluded.open > 0 then excluded.line else q.line end,
      behind = coalesce(excluded.behind, q.behind)`;
}

/** The order key of a given row: that of the same contact's lasting id, where it is known, else its own. */
function nameOf({ sql, table, words }: StatementKit<Rows>): Part {
  return sql`coalesce((
    select q.order_key from ${table("inbox_queues")} as q ${words.indexedBy("wadesk_inbox_queues_behind")}
    where q.behind = (each.value ->> 3) order by q.turn desc limit 1), each.value ->> 3)`;
}

/** Counts events into queues, by rows of order key, count, turn, lane, line and what it is behind. With a count of 0 it only makes sure of the queues, and holds them. */
export const ENQUEUE: Statement<Rows, unknown> = statement<Rows>((kit) =>
  intoQueues(
    kit,
    kit.sql`
    select each.value ->> 0, cast(each.value ->> 1 as bigint), cast(each.value ->> 2 as bigint),
      cast(each.value ->> 3 as bigint), cast(each.value ->> 4 as bigint), each.value ->> 5, 0, 0, 0, 0
    from ${kit.words.each(kit.value("rows"))} where true order by ${kit.words.bytewise(kit.sql`(each.value ->> 0)`)}`,
  ),
);

/** The text of an event whose order key was `own`, by its contact's name. */
function textOf({ sql }: StatementKit<Rows>, own: Part, name: Part): Part {
  return sql`case when ${name} = ${own} then event else replace(event, '"orderKey":"' || ${own} || '"', '"orderKey":"' || ${name} || '"') end`;
}

const INSERT = statement<Rows, FreshRow>((kit) => {
  const { sql, table, words, value } = kit;
  return sql`
    insert into ${table("inbox")} (key, workspace_id, connection_id, order_key, type, state, event)
    select key, workspace_id, connection_id, name, type, 'open', ${textOf(kit, sql`own`, sql`name`)} from (
      select each.value ->> 0 as key, each.value ->> 1 as workspace_id, each.value ->> 2 as connection_id, each.value ->> 3 as own,
        ${nameOf(kit)} as name, each.value ->> 4 as type, each.value ->> 5 as event
      from ${words.each(value("rows"))}
    ) where true
    on conflict (key) do nothing returning key, order_key, position, workspace_id, connection_id`;
});

// keys are inserted in order, so that no two transactions wait for each other, but their positions are those of the list
const ADD = statement<Rows, FreshRow>((kit) => {
  const { sql, table, words, value } = kit;
  return sql`
    with given as materialized (
      select ${words.nextPosition} as position, each.value ->> 0 as key, each.value ->> 1 as workspace_id,
        each.value ->> 2 as connection_id, each.value ->> 3 as own, ${nameOf(kit)} as name, each.value ->> 4 as type,
        each.value ->> 5 as event, cast(each.value ->> 6 as bigint) as lane, cast(each.value ->> 7 as bigint) as line, each.value ->> 8 as behind
      from ${words.each(value("rows"))}
    ), fresh as (
      insert into ${table("inbox")} (position, key, workspace_id, connection_id, order_key, type, state, event)
      select position, key, workspace_id, connection_id, name, type, 'open', ${textOf(kit, sql`own`, sql`name`)} from given order by key
      on conflict (key) do nothing returning key, order_key, position
    ), queued as (
      ${intoQueues(
        kit,
        sql`
        select fresh.order_key, count(*), min(fresh.position), max(given.lane), max(given.line),
          max(case when given.own = given.name then given.behind else given.own end), 0, 0, 0, 0
        from fresh join given on given.position = fresh.position group by fresh.order_key order by fresh.order_key`,
      )}
    ), told as (
      select ${words.notify ?? sql`1`} where exists (select 1 from fresh)
    )
    select key, (select count(*) from told) from fresh`;
});

/** Adds rows of distinct keys, all or none; answers the keys of the new ones, as they are stored. */
export async function addRows({ run, write }: SqlDatabase, dialect: SqlDialect, given: readonly EventRow[]): Promise<ReadonlySet<string>> {
  const rows = underOneName(given);
  const input = { rows: `[${rows.map(({ item }) => item).join(",")}]` };
  if (dialect === "postgres") return new Set((await run(ADD, input)).map(({ key }) => key));
  return write(async (runInside) => {
    const fresh = await runInside(INSERT, input);
    if (fresh.length > 0) await runInside(ENQUEUE, { rows: countsOf(fresh, rows) });
    return new Set(fresh.map(({ key }) => key));
  });
}

/** What names a phone alone goes where the one before it went that named the same phone and more. */
function underOneName(rows: readonly EventRow[]): readonly EventRow[] {
  if (rows.every(({ behind }) => behind === undefined)) return rows;
  const names = new Map<string, string>();
  return rows.map((row) => {
    if (row.behind !== undefined) names.set(row.behind, row.orderKey);
    const name = names.get(row.orderKey);
    return name === undefined ? row : renamed(row, name);
  });
}

/** Rows for `ENQUEUE`: how many events each order key got, the first one's position, whose the last one is, and what it is behind. */
export function countsOf(rows: readonly FreshRow[], given: readonly EventRow[] = []): string {
  const behind = new Map(given.map((row) => [row.key, row]));
  const phoneOf = ({ key, order_key }: FreshRow): string | undefined => {
    const row = behind.get(key);
    return row === undefined || row.orderKey === order_key ? row?.behind : row.orderKey;
  };
  const queues = Map.groupBy(rows, (row) => row.order_key);
  return listOf(
    [...queues].map(([orderKey, all]) => {
      const { workspace_id = "", connection_id = "" } = all.at(-1) ?? {};
      const turn = Math.min(...all.map((row) => Number(row.position)));
      const phone = all.map(phoneOf).findLast((each) => each !== undefined);
      return [orderKey, all.length, turn, laneOf(workspace_id), laneOf(connection_id), phone];
    }),
  );
}
