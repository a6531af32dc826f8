import type { SqlDatabase } from "../sql/database.ts";
import { type Statement, type StatementKit, statement } from "../sql/statement.ts";
import type { SqlDialect } from "../sql/words.ts";
import { laneOf } from "./claim/lane.ts";
import { type EventRow, listOf } from "./event-row.ts";

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

/** Counts events into their queues: `source` selects order key, count, turn, lane and line, sorted so that no two transactions wait for each other. */
function intoQueues({ sql, table }: StatementKit<Rows>, source: Part): Part {
  return sql`
    insert into ${table("inbox_queues")} as q (order_key, open, turn, lane, line, due_at, token, head, attempts) ${source}
    on conflict (order_key) do update set
      open = q.open + excluded.open,
      due_at = case when q.open = 0 then 0 else q.due_at end,
      turn = case when q.open = 0 then excluded.turn else q.turn end,
      lane = case when excluded.open > 0 then excluded.lane else q.lane end,
      line = case when excluded.open > 0 then excluded.line else q.line end`;
}

/** Counts events into queues, by rows of order key, count, turn, lane and line. With a count of 0 it only makes sure of the queues, and holds them. */
export const ENQUEUE: Statement<Rows, unknown> = statement<Rows>((kit) =>
  intoQueues(
    kit,
    kit.sql`
    select each.value ->> 0, cast(each.value ->> 1 as bigint), cast(each.value ->> 2 as bigint),
      cast(each.value ->> 3 as bigint), cast(each.value ->> 4 as bigint), 0, 0, 0, 0
    from ${kit.words.each(kit.value("rows"))} where true order by ${kit.words.bytewise(kit.sql`(each.value ->> 0)`)}`,
  ),
);

const INSERT = statement<Rows, FreshRow>(
  ({ sql, table, words, value }) => sql`
    insert into ${table("inbox")} (key, workspace_id, connection_id, order_key, type, state, event)
    select each.value ->> 0, each.value ->> 1, each.value ->> 2, each.value ->> 3, each.value ->> 4, 'open', each.value ->> 5
    from ${words.each(value("rows"))} where true
    on conflict (key) do nothing returning key, order_key, position, workspace_id, connection_id`,
);

// keys are inserted in order, so that no two transactions wait for each other, but their positions are those of the list
const ADD = statement<Rows, FreshRow>((kit) => {
  const { sql, table, words, value } = kit;
  return sql`
    with given as materialized (
      select ${words.nextPosition} as position, each.value ->> 0 as key, each.value ->> 1 as workspace_id,
        each.value ->> 2 as connection_id, each.value ->> 3 as order_key, each.value ->> 4 as type, each.value ->> 5 as event,
        cast(each.value ->> 6 as bigint) as lane, cast(each.value ->> 7 as bigint) as line
      from ${words.each(value("rows"))}
    ), fresh as (
      insert into ${table("inbox")} (position, key, workspace_id, connection_id, order_key, type, state, event)
      select position, key, workspace_id, connection_id, order_key, type, 'open', event from given order by key
      on conflict (key) do nothing returning key, order_key, position
    ), queued as (
      ${intoQueues(
        kit,
        sql`
        select fresh.order_key, count(*), min(fresh.position), max(given.lane), max(given.line), 0, 0, 0, 0
        from fresh join given on given.position = fresh.position group by fresh.order_key order by fresh.order_key`,
      )}
    ), told as (
      select ${words.notify ?? sql`1`} where exists (select 1 from fresh)
    )
    select key, (select count(*) from told) from fresh`;
});

/** Adds rows of distinct keys, all or none; answers the keys of the new ones, as they are stored. */
export async function addRows({ run, write }: SqlDatabase, dialect: SqlDialect, rows: readonly EventRow[]): Promise<ReadonlySet<string>> {
  const input = { rows: `[${rows.map(({ item }) => item).join(",")}]` };
  if (dialect === "postgres") return new Set((await run(ADD, input)).map(({ key }) => key));
  return write(async (runInside) => {
    const fresh = await runInside(INSERT, input);
    if (fresh.length > 0) await runInside(ENQUEUE, { rows: countsOf(fresh) });
    return new Set(fresh.map(({ key }) => key));
  });
}

/** Rows for `ENQUEUE`: how many events each order key got, the first one's position, and whose the last one is. */
export function countsOf(rows: readonly Omit<FreshRow, "key">[]): string {
  const queues = Map.groupBy(rows, (row) => row.order_key);
  return listOf(
    [...queues].map(([orderKey, all]) => {
      const { workspace_id = "", connection_id = "" } = all.at(-1) ?? {};
      return [orderKey, all.length, Math.min(...all.map((row) => Number(row.position))), laneOf(workspace_id), laneOf(connection_id)];
    }),
  );
}
