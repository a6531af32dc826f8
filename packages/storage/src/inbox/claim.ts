import { randomInt } from "node:crypto";
import type { Claim, ClaimRequest } from "@wadesk/core";
import type { SqlDatabase } from "../sql/database.ts";
import { keyText } from "../sql/key-text.ts";
import { type Statement, type StatementKit, statement } from "../sql/statement.ts";
import type { SqlDialect } from "../sql/words.ts";
import { eventOf, listOf, wholeMs } from "./event-row.ts";

interface Wanted {
  readonly now: number;
  readonly limit: number;
  /** A JSON array of arrays of one type each. */
  readonly types: string | undefined;
  readonly until: number;
  readonly token: number;
}

interface HeadRow {
  readonly order_key: string;
  readonly position: number;
  readonly event: string;
  readonly head: number;
  readonly attempts: number;
}

type Part = ReturnType<StatementKit<Wanted>["value"]>;

// retries and ended leases go first; those that are ready go in the order in which they became it, so that no contact waits behind a busy one
function heads({ sql, table, words, value }: StatementKit<Wanted>, filtered: boolean): Part {
  const ofTypes = filtered ? sql`and h.type in (select each.value ->> 0 from ${words.each(value("types"))})` : sql``;
  const due = (lane: Part, rank: Part, when: Part): Part => sql`
    select q.order_key, h.position, ${lane} as lane, ${rank} as rank
    from ${table("inbox_queues")} as q cross join ${table("inbox")} as h
    where q.open > 0 and ${when} ${ofTypes}
      and h.position = (select min(i.position) from ${table("inbox")} as i where i.order_key = q.order_key and i.state = 'open')
    order by ${rank} limit ${value("limit")} ${words.forUpdateSkipping(sql`q`)}`;
  return sql`
    with timed as materialized (${due(sql`1`, sql`q.due_at`, sql`q.due_at > 0 and q.due_at <= ${value("now")}`)}),
    ready as materialized (${due(sql`2`, sql`q.turn`, sql`q.due_at = 0`)}),
    picked as materialized (select * from timed union all select * from ready order by lane, rank limit ${value("limit")})`;
}

const DUE = statement<Pick<Wanted, "now">>(
  ({ sql, table, value }) => sql`select 1 from ${table("inbox_queues")} where open > 0 and due_at <= ${value("now")} limit 1`,
);

const pick = (filtered: boolean): Statement<Wanted, HeadRow> =>
  statement((kit) => {
    const { sql, table } = kit;
    return sql`
      ${heads(kit, filtered)}
      select p.order_key, p.position, h.event, q.head, q.attempts from picked as p
      join ${table("inbox")} as h on h.position = p.position join ${table("inbox_queues")} as q on q.order_key = p.order_key
      order by p.lane, p.rank`;
  });

const HOLD = statement<{ rows: string } & Pick<Wanted, "until" | "token">>(
  ({ sql, table, words, value }) => sql`
    update ${table("inbox_queues")} as q
    set due_at = ${value("until")}, token = ${value("token")}, head = each.value ->> 1, attempts = each.value ->> 2
    from ${words.each(value("rows"))} where q.order_key = each.value ->> 0`,
);

// what was picked may be of the past, when its queue was released meanwhile: its event is looked at again, under the queue's lock
const claimAtOnce = (filtered: boolean): Statement<Wanted, HeadRow> =>
  statement((kit) => {
    const { sql, table, value } = kit;
    return sql`
      ${heads(kit, filtered)},
      taken as materialized (
        select p.order_key, p.lane, p.rank, i.position, i.event from ${table("inbox")} as i join picked as p on i.position = p.position
        where i.state = 'open' for update of i
      ), held as (
        update ${table("inbox_queues")} as q
        set due_at = ${value("until")}, token = ${value("token")}, head = t.position,
          attempts = case when q.head = t.position then q.attempts + 1 else 1 end
        from taken as t where q.order_key = t.order_key returning t.event, t.lane, t.rank, q.attempts
      )
      select event, attempts from held order by lane, rank`;
  });

const PICK = { every: pick(false), some: pick(true) };
const CLAIM = { every: claimAtOnce(false), some: claimAtOnce(true) };

/** Claims the heads of queues that are due. What it costs depends on the limit, not on how much waits. */
export async function claimHeads({ run, write }: SqlDatabase, dialect: SqlDialect, request: ClaimRequest): Promise<readonly Claim[]> {
  const { types, limit, leaseMs, now } = request;
  if (limit <= 0 || types?.length === 0) return [];
  const kind = types === undefined ? "every" : "some";
  const wanted: Wanted = {
    now: Math.floor(now),
    limit,
    types: types && listOf(types.map((type) => [keyText(type)])),
    until: wholeMs(now + leaseMs),
    // drawn, not counted: a queue may be forgotten and begin anew, and an old claim must not fit it then
    token: randomInt(1, 2 ** 48 - 1),
  };
  const claimOf = (event: string, attempt: number): Claim => ({ event: eventOf(event), attempt, token: wanted.token });
  if (dialect === "postgres") return (await run(CLAIM[kind], wanted)).map(({ event, attempts }) => claimOf(event, attempts));
  // most looks find nothing, and those shall not wait for other writers
  if ((await run(DUE, wanted)).length === 0) return [];
  return write(async (runInside) => {
    const found = await runInside(PICK[kind], wanted);
    const taken = found.map((row) => ({ ...row, attempts: row.head === row.position ? row.attempts + 1 : 1 }));
    const rows = listOf(taken.map((row) => [row.order_key, row.position, row.attempts]));
    if (taken.length > 0) await runInside(HOLD, { ...wanted, rows });
    return taken.map(({ event, attempts }) => claimOf(event, attempts));
  });
}
