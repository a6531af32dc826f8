import { MOST_IN_RUN } from "@wadesk/core/ports";
import { type Statement, type StatementKit, statement } from "../../sql/statement.ts";
import type { EventPlace } from "../event-row.ts";

/** What is asked of every claim. */
export interface Wanted {
  readonly now: number;
  readonly limit: number;
  /** A JSON array of arrays of one type each. */
  readonly types: string | undefined;
  readonly until: number;
  readonly token: number;
  /** A JSON array of arrays: lane, line, count, and the places of lane and line. */
  readonly shares: string;
  /** 1 where more may be ready than is asked for. */
  readonly crowd: number;
}

/** A head that was claimed. */
export interface HeadRow extends EventPlace {
  readonly attempts: number;
  readonly deaths: number;
  /** How many are open, with itself. */
  readonly open: number | string;
  /** Absent where it was taken out of its turn. */
  readonly lane: number | string | null;
  readonly line: number | string | null;
}

/** Whether types were asked for. */
export type Filter = "every" | "some";

type Part = ReturnType<StatementKit<Wanted>["value"]>;

/** The queue `q` and the head `h` of it, where the queue is such, in an order. */
export function headsWhere({ sql, table, words, value }: StatementKit<Wanted>, filter: Filter, index: string, where: Part): Part {
  const ofTypes = filter === "some" ? sql`and h.type in (select each.value ->> 0 from ${words.each(value("types"))})` : sql``;
  return sql`
    from ${table("inbox_queues")} as q ${words.indexedBy(index)} cross join ${table("inbox")} as h
    where q.open > 0 and ${where} ${ofTypes} and ${notBehind({ sql, table })}
      and h.position = (select min(i.position) from ${table("inbox")} as i where i.order_key = q.order_key and i.state = 'open')`;
}

/** Whether all is done that the queue `q` is behind. */
export function notBehind({ sql, table }: Pick<StatementKit<object>, "sql" | "table">): Part {
  return sql`(q.behind is null or not exists (select 1 from ${table("inbox_queues")} as b where b.order_key = q.behind and b.open > 0))`;
}

/**
 * What a claim does to the queue `q` whose head stands at this position. `alone` is 1 while nothing runs beside it, and less than 0 for so many claims more as what
 * is open comes singly, since a process died over one of them.
 */
export function holding({ sql, value }: StatementKit<Pick<Wanted, "until" | "token">>, position: Part): Part {
  return sql`
    due_at = ${value("until")}, token = ${value("token")}, head = ${position},
    alone = case when q.token <> 0 or q.alone > 0 then ${sql.lit(-MOST_IN_RUN)} when q.alone < 0 then q.alone + 1 else 0 end,
    attempts = case when q.head = ${position} then q.attempts + 1 else 1 end,
    deaths = case when q.head <> ${position} then 0 when q.token <> 0 and q.alone <= 0 then q.deaths + 1 else q.deaths end`;
}

/** The queue whose lease ended first, and these columns of it. */
export function endedHead(kit: StatementKit<Wanted>, filter: Filter, columns: Part): Part {
  const { sql, value, words } = kit;
  const where = sql`q.token <> 0 and q.due_at <= ${value("now")}`;
  return sql`
    select ${columns} ${headsWhere(kit, filter, "wadesk_inbox_queues_held", where)}
    order by q.due_at, q.head limit 1 ${words.forUpdateSkipping(sql`q`)}`;
}

/** Ready queues by their age, whosever they are, and these columns of them; none unless a condition holds that is looked at once. */
export function oldestHeads(kit: StatementKit<Wanted>, filter: Filter, columns: Part, condition?: Part): Part {
  const { sql, words, value } = kit;
  // a limit that is worked out tells PostgreSQL nothing, and it had rather read everything
  const where = condition === undefined ? sql`q.due_at = 0` : sql`q.due_at = 0 and (select ${condition})`;
  return sql`
    select ${columns} ${headsWhere(kit, filter, "wadesk_inbox_queues_due", where)}
    order by q.turn limit ${value("limit")} ${words.forUpdateSkipping(sql`q`)}`;
}

/** Whether a lease has ended (`held`), or the time of something that failed has come (`resting`). */
export function isDue(
  { sql, table, words, value }: Pick<StatementKit<{ now: number }>, "sql" | "table" | "words" | "value">,
  what: "held" | "resting",
): Part {
  const index = words.indexedBy(`wadesk_inbox_queues_${what}`);
  const [when, order] = what === "held" ? [sql`q.token <> 0`, sql`q.due_at, q.head`] : [sql`q.token = 0`, sql`q.due_at`];
  // in the order of an index of its own, since until ANALYZE has run PostgreSQL takes any condition for a strict one, and had rather sort
  return sql`
    coalesce((select q.due_at from ${table("inbox_queues")} as q ${index} where q.open > 0 and ${when} and q.due_at > 0
      order by ${order} limit 1) <= ${value("now")}, false)`;
}

/** Whether all that is ready is of one connection, so that nobody's turn is another's. */
export function isOfOne({ sql, table, words }: Pick<StatementKit<object>, "sql" | "table" | "words">): Part {
  const end = (column: Part, order: Part): Part => sql`(
    select ${column} from ${table("inbox_queues")} as q ${words.indexedBy("wadesk_inbox_queues_ready")}
    where q.open > 0 and q.due_at = 0 and q.lane > -1 order by ${order} limit 1)`;
  const [first, last] = [sql`q.lane, q.line`, sql`q.lane desc, q.line desc`];
  const same = (column: Part): Part => sql`${end(column, first)} = ${end(column, last)}`;
  return sql`coalesce(${same(sql`q.lane`)} and ${same(sql`q.line`)}, false)`;
}

// so that what is due at once does not make one claim long
const MOST_OVERDUE = 256;

/** What failed and is due again is ready: it takes its turn with the rest. */
export const MAKE_READY: Statement<Pick<Wanted, "now">, unknown> = statement(
  ({ sql, table, words, value }) => sql`
    with overdue as materialized (
      select q.order_key from ${table("inbox_queues")} as q ${words.indexedBy("wadesk_inbox_queues_resting")}
      where q.open > 0 and q.token = 0 and q.due_at > 0 and q.due_at <= ${value("now")}
      order by q.due_at limit ${sql.lit(MOST_OVERDUE)} ${words.forUpdateSkipping(sql`q`)}
    )
    update ${table("inbox_queues")} as q set due_at = 0 where q.order_key in (select order_key from overdue)`,
);
