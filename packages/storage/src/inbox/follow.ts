import { type Claim, type FollowRequest, type InboxStore, MOST_IN_RUN } from "@wadesk/core/ports";
import type { Run, SqlDatabase } from "../sql/database.ts";
import { keyText } from "../sql/key-text.ts";
import { type Statement, statement } from "../sql/statement.ts";
import type { SqlDialect } from "../sql/words.ts";
import { notBehind } from "./claim/heads.ts";
import { type EventPlace, eventIn, listOf, wholeMs } from "./event-row.ts";
import { settle, unreadable } from "./settle.ts";

interface Held {
  readonly orderKey: string;
  readonly token: number;
  /** Of its head. */
  readonly key: string;
}

interface QueueRow {
  readonly attempts: number;
  readonly open: number | string;
  readonly alone: number;
  /** Whether what it is behind is done. */
  readonly free: number | boolean;
}

// a call that came twice finds another head
const QUEUE: Statement<Held, QueueRow> = statement(
  (kit) => kit.sql`
    select q.attempts, q.open, q.alone, ${notBehind(kit)} as free from ${kit.table("inbox_queues")} as q
    join ${kit.table("inbox")} as h on h.position = q.head
    where q.order_key = ${kit.value("orderKey")} and q.token = ${kit.value("token")} and h.key = ${kit.value("key")} ${kit.words.forUpdate}`,
);

// the first was tried so often, and those behind it once
const COMPLETE: Statement<{ readonly rows: string; readonly at: number }, unknown> = statement(
  ({ sql, table, words, value }) => sql`
    update ${table("inbox")} as i set
      state = 'done', ended_at = ${value("at")}, attempts = cast(each.value ->> 1 as integer), event = null
    from ${words.each(value("rows"))} where i.key = each.value ->> 0`,
);

interface NextRow extends EventPlace {
  readonly position: number | string;
}

const NEXT: Statement<{ readonly orderKey: string; readonly most: number }, NextRow> = statement(
  ({ sql, table, words, value }) => sql`
    select i.key, i.order_key, i.workspace_id, i.connection_id, i.event, i.position
    from ${table("inbox")} as i ${words.indexedBy("wadesk_inbox_open")}
    where i.order_key = ${value("orderKey")} and i.state = 'open' order by i.position limit ${value("most")}`,
);

interface HoldInput {
  readonly orderKey: string;
  readonly count: number;
  readonly until: number;
  readonly head: number;
}

const HOLD: Statement<HoldInput, unknown> = statement(
  ({ sql, table, value }) => sql`
    update ${table("inbox_queues")} set
      open = open - cast(${value("count")} as bigint), due_at = ${value("until")}, head = ${value("head")}, attempts = 1, deaths = 0,
      alone = case when alone < 0 then alone + 1 else 0 end
    where order_key = ${value("orderKey")}`,
);

const FREE: Statement<{ readonly orderKey: string; readonly count: number; readonly at: number }, unknown> = statement(
  ({ sql, table, value }) => {
    const left = sql`open > cast(${value("count")} as bigint)`;
    return sql`
    update ${table("inbox_queues")} set
      open = open - cast(${value("count")} as bigint), token = 0, alone = case when ${left} then alone else 0 end,
      due_at = case when ${left} then 0 else cast(${value("at")} as bigint) end, turn = (select max(position) from ${table("inbox")})
    where order_key = ${value("orderKey")}`;
  },
);

/** Completes events of a claim and goes on with those behind them, in one transaction. */
export function follower(database: SqlDatabase, dialect: SqlDialect): NonNullable<InboxStore["follow"]> {
  return async (done, request) => {
    const [first] = done;
    if (first === undefined) return undefined;
    const held = { orderKey: keyText(first.event.orderKey), token: first.token, key: keyText(first.event.key) };
    const rows = await database.write((run) => goOn(run, held, done, request));
    if (rows === undefined) return undefined;
    const claims: Claim[] = [];
    for (const row of rows) {
      const event = eventIn(row);
      // what stands behind one that cannot be read is held until that is the head
      if (event === undefined) break;
      claims.push({ event, attempt: 1, deaths: 0, token: held.token });
    }
    const [head] = rows;
    if (claims.length === 0 && head !== undefined) await settle(database, dialect, [unreadable(head, held.token, request.now)]);
    return claims;
  };
}

async function goOn(
  run: Run,
  held: Held,
  done: readonly Claim[],
  { limit, leaseMs, now }: FollowRequest,
): Promise<readonly NextRow[] | undefined> {
  const [queue] = await run(QUEUE, held);
  if (queue === undefined) return undefined;
  const { orderKey } = held;
  const at = wholeMs(now);
  await run(COMPLETE, { at, rows: listOf(done.map(({ event }, place) => [keyText(event.key), place === 0 ? queue.attempts : 1])) });
  const count = done.length;
  const most = !queue.free || Number(queue.open) <= count ? 0 : Math.min(limit, queue.alone < 0 ? 1 : MOST_IN_RUN);
  const next = most > 0 ? await run(NEXT, { orderKey, most }) : [];
  const [head] = next;
  if (head === undefined) await run(FREE, { orderKey, count, at });
  else await run(HOLD, { orderKey, count, until: wholeMs(now + leaseMs), head: Number(head.position) });
  return next;
}
