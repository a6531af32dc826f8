import { sql } from "drizzle-orm";
import { type Database, rowsOf } from "./database.ts";

/** A connection of which something is ready: the numbers of its workspace and of itself. */
export interface ReadyLine {
  readonly lane: string;
  readonly line: string;
}

/** Where the next claim of this process goes on: behind the workspace that was last, and in each behind its connection that was last. */
export interface Round {
  readonly lane: string;
  readonly lines: ReadonlyMap<string, string>;
}

/** How many events of a connection one claim may take, and where it stands in the round. */
export interface Share extends ReadyLine {
  readonly count: number;
  readonly lanePlace: number;
  readonly linePlace: number;
}

const FIRST = sql`cast(-9223372036854775808 as bigint)`;
const LAST = sql`cast(9223372036854775807 as bigint)`;

/**
 * Shares a claim out among those of which something is ready: the same to each workspace, and within a workspace the same to each connection.
 * Each step of the two searches finds the next number by the index, so that nothing is read of what else waits.
 */
export async function shareOut(db: Database, limit: number, round: Round): Promise<readonly Share[]> {
  const starts = [...round.lines].map(([lane, line]) => sql`(${lane}::bigint, ${line}::bigint)`);
  const lanes = rowsOf<{ lane: string; line: string; turns: number }>(
    db,
    sql`
    with recursive lanes (side, stop, lane, step) as (
      select side, stop, (select min(q.lane) from wadesk_inbox_queues q where q.due_at = 0 and q.lane > start and q.lane <= stop), 1
      from (values (1, ${round.lane}::bigint, ${LAST}), (2, ${FIRST}, ${round.lane}::bigint)) as rounds (side, start, stop)
      union all
      select side, stop, (select min(q.lane) from wadesk_inbox_queues q where q.due_at = 0 and q.lane > lanes.lane and q.lane <= stop), step + 1
      from lanes where lane is not null and step < ${limit}
    ), turns as (
      select lane, row_number() over (order by side, step) as place from lanes where lane is not null order by place limit ${limit}
    ), shares as (
      select lane, place, (${limit} + count(*) over () - 1) / count(*) over () as turns from turns
    ), starts (lane, line) as (
      values (0::bigint, 0::bigint) ${starts.length > 0 ? sql`union all values ${sql.join(starts, sql`, `)}` : sql``}
    ), places as (
      select s.lane, s.place, s.turns, coalesce((select line from starts where starts.lane = s.lane limit 1), 0) as start from shares as s
    ), lines (lane, place, turns, side, stop, line, step) as (
      select p.lane, p.place, p.turns, r.side, r.stop,
        (select min(q.line) from wadesk_inbox_queues q where q.due_at = 0 and q.lane = p.lane and q.line > r.start and q.line <= r.stop), 1
      from places as p cross join lateral (values (1, p.start, ${LAST}), (2, ${FIRST}, p.start)) as r (side, start, stop)
      union all
      select lane, place, turns, side, stop,
        (select min(q.line) from wadesk_inbox_queues q where q.due_at = 0 and q.lane = l.lane and q.line > l.line and q.line <= l.stop), step + 1
      from lines as l where line is not null and step < turns
    )
    select lane::text as lane, line::text as line, turns::int as turns from lines where line is not null order by place, side, step`,
  );
  const byLane = [...Map.groupBy(await lanes, ({ lane }) => lane).values()];
  return byLane.flatMap((all, lanePlace) => {
    const turns = all[0]?.turns ?? 1;
    const served = all.slice(0, turns);
    // twice what it comes to, for where others have less than their share
    const count = Math.ceil(Math.min(turns * 2, limit) / served.length);
    return served.map(({ lane, line }, linePlace) => ({ lane, line, count, lanePlace, linePlace }));
  });
}

/** Goes on behind what was claimed, which is in the order of its turns. Who had something left is remembered, two hundred workspaces at most. */
export function goOn(round: Round, taken: readonly ReadyLine[], isFull: boolean): Round {
  const lane = taken.at(-1)?.lane ?? round.lane;
  const lines = new Map(isFull ? round.lines : []);
  for (const each of isFull ? taken : []) {
    lines.delete(each.lane);
    lines.set(each.lane, each.line);
  }
  return { lane, lines: new Map([...lines].slice(-200)) };
}
