import type { SqlDatabase } from "../../sql/database.ts";
import { type Statement, type StatementKit, statement } from "../../sql/statement.ts";
import { listOf } from "../event-row.ts";
import { isDue, isOfOne } from "./heads.ts";
import type { ReadyLine, Round } from "./share-out.ts";

/** What there is to claim. */
export interface Outlook {
  /** Connections of which something is ready, in the order of their turns; of each workspace its share of the limit, and one more where there is one. */
  readonly lines: readonly ReadyLine[];
  /** Whether a lease has ended. */
  readonly ended: boolean;
  /** Whether the time of something that failed has come. */
  readonly overdue: boolean;
}

interface Looking {
  readonly now: number;
  readonly limit: number;
  /** Workspaces behind this one come first. */
  readonly lane: number;
  /** Where to begin in a workspace that is not in `lines`. */
  readonly line: number;
  /** A JSON array of arrays: a workspace, and its connection that was last. */
  readonly lines: string;
}

interface Row {
  readonly found: "line" | "ended" | "overdue";
  readonly lane: number | string | null;
  readonly line: number | string | null;
}

type Part = ReturnType<StatementKit<Looking>["value"]>;

const LAST = Number.MAX_SAFE_INTEGER;

// Each step finds the next workspace, or the next connection of one, by the index: what else waits of the same is passed over and not read. There
// are two rounds of steps: one behind the place where the last claim ended, and one from the beginning up to there.
const LOOK: Statement<Looking, Row> = statement((kit) => {
  const { sql, table, words, value } = kit;
  const next = (column: Part, where: Part): Part => sql`(
    select ${column} from ${table("inbox_queues")} as q ${words.indexedBy("wadesk_inbox_queues_ready")}
    where q.open > 0 and q.due_at = 0 and ${where} order by ${column} limit 1)`;
  const nextLane = (after: Part, end: Part): Part => next(sql`q.lane`, sql`q.lane > ${after} and q.lane <= ${end}`);
  const nextLine = (lane: Part, after: Part, end: Part): Part =>
    next(sql`q.line`, sql`q.lane = ${lane} and q.line > ${after} and q.line <= ${end}`);
  const whole = (part: Part): Part => sql`cast(${part} as bigint)`;
  const last = whole(sql.lit(LAST));
  const rounds = (from: Part): Part => sql`
    select 1 as side, ${from} as start, ${last} as stop union all select 2, ${whole(sql`-1`)}, ${from}`;
  return sql`
    with recursive lanes (side, stop, lane, step) as (
      select r.side, r.stop, ${nextLane(sql`r.start`, sql`r.stop`)}, 1 from (${rounds(whole(value("lane")))}) as r
      union all
      select l.side, l.stop, ${nextLane(sql`l.lane`, sql`l.stop`)}, l.step + 1 from lanes as l where l.lane is not null and l.step < ${value("limit")}
    ), turns as (
      select lane, side, step from lanes where lane is not null order by side, step limit ${value("limit")}
    ), shares as (
      select t.lane, t.side, t.step, (${value("limit")} + c.lanes - 1) / c.lanes as share from turns as t cross join (select count(*) as lanes from turns) as c
    ), starts as materialized (
      select ${whole(sql`each.value ->> 0`)} as lane, ${whole(sql`each.value ->> 1`)} as line from ${words.each(value("lines"))}
    ), places as (
      select s.lane, s.side, s.step, s.share, coalesce(b.line, ${whole(value("line"))}) as start
      from shares as s left join starts as b on b.lane = s.lane
    ), lines (lane, lane_side, lane_step, share, side, stop, line, step) as (
      select p.lane, p.side, p.step, p.share, r.side, case r.side when 1 then ${last} else p.start end,
        ${nextLine(sql`p.lane`, sql`case r.side when 1 then p.start else -1 end`, sql`case r.side when 1 then ${last} else p.start end`)}, 1
      from places as p cross join (select 1 as side union all select 2) as r
      union all
      select l.lane, l.lane_side, l.lane_step, l.share, l.side, l.stop, ${nextLine(sql`l.lane`, sql`l.line`, sql`l.stop`)}, l.step + 1
      from lines as l where l.line is not null and l.step <= l.share
    )
    select 'line' as found, lane, line, lane_side, lane_step, side, step from lines where line is not null
    union all select 'ended', null, null, 0, 0, 0, 0 where ${isDue(kit, "held")}
    union all select 'overdue', null, null, 0, 0, 0, 1 where ${isDue(kit, "resting")}
    order by 4, 5, 6, 7`;
});

interface Seen {
  readonly ready: number | null;
  readonly more: number | boolean;
  readonly one: number | boolean;
}

const GLANCE: Statement<Pick<Looking, "now">, Seen> = statement((kit) => {
  const { sql, table } = kit;
  const ready = sql`(select 1 from ${table("inbox_queues")} where open > 0 and due_at = 0 limit 1)`;
  return sql`select ${ready} as ready, ${isDue(kit, "held")} or ${isDue(kit, "resting")} as more, ${isOfOne(kit)} as one`;
});

/** What there is to claim at first sight: nothing, what is ready of one connection, or of several, or more than what is ready. */
export async function glance(run: SqlDatabase["run"], now: number): Promise<"nothing" | "one" | "several" | "more"> {
  const [seen] = await run(GLANCE, { now });
  if (seen?.more) return "more";
  if (!seen?.ready) return "nothing";
  return seen.one ? "one" : "several";
}

/** Looks what there is to claim, from where the last claim ended. Changes and holds nothing. */
export async function lookAround(run: SqlDatabase["run"], now: number, limit: number, round: Round, line: number): Promise<Outlook> {
  const rows = await run(LOOK, { now, limit, lane: round.lane, line, lines: listOf(round.lines) });
  return {
    lines: rows.filter(({ found }) => found === "line").map((row) => ({ lane: Number(row.lane), line: Number(row.line) })),
    ended: rows.some(({ found }) => found === "ended"),
    overdue: rows.some(({ found }) => found === "overdue"),
  };
}
