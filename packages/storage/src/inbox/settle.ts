import type { Claim } from "@wadesk/core/ports";
import type { SqlDatabase } from "../sql/database.ts";
import { keyText } from "../sql/key-text.ts";
import { type StatementKit, statement } from "../sql/statement.ts";
import type { SqlDialect } from "../sql/words.ts";
import { type EventPlace, listOf, UNREADABLE, wholeMs } from "./event-row.ts";

/** What becomes of a claim. Times are milliseconds since the epoch. */
export type Outcome =
  | { readonly kind: "renewed"; readonly until: number; readonly alone?: boolean }
  | { readonly kind: "done"; readonly at: number }
  | { readonly kind: "dead"; readonly at: number; readonly reason: string }
  | { readonly kind: "failed"; readonly retryAt: number };

/** A claim and what becomes of it, as rows know it. */
export interface Settlement {
  readonly orderKey: string;
  readonly key: string;
  readonly token: number;
  readonly outcome: Outcome;
}

interface Rows {
  /** A JSON array of arrays. */
  readonly rows: string;
}

interface HeldRow {
  readonly order_key: string;
  readonly attempts: number;
}

type Part = ReturnType<StatementKit<Rows>["value"]>;

/** Says what becomes of a claim. */
export function settlementOf({ event, token }: Claim, outcome: Outcome): Settlement {
  return { orderKey: keyText(event.orderKey), key: keyText(event.key), token, outcome };
}

/** What becomes of a head whose text was damaged. */
export function unreadable(row: Pick<EventPlace, "order_key" | "key">, token: number, at: number): Settlement {
  return { orderKey: row.order_key, key: row.key, token, outcome: { kind: "dead", at, reason: UNREADABLE } };
}

// order key, key, token, 1 when the event ends, 1 when the claim goes on, when its queue is due or since when it may be empty, state, reason,
// 1 when it is alone
function itemOf({ orderKey, key, token, outcome }: Settlement): readonly (string | number | undefined)[] {
  switch (outcome.kind) {
    case "renewed":
      return [orderKey, key, token, 0, 1, wholeMs(outcome.until), undefined, undefined, outcome.alone === true ? 1 : 0];
    case "failed":
      return [orderKey, key, token, 0, 0, wholeMs(outcome.retryAt)];
    case "done":
      return [orderKey, key, token, 1, 0, wholeMs(outcome.at), "done"];
    case "dead":
      return [orderKey, key, token, 1, 0, wholeMs(outcome.at), "dead", JSON.stringify(outcome.reason)];
  }
}

function given({ sql, words, value }: StatementKit<Rows>): Part {
  return sql`
    select each.value ->> 0 as order_key, each.value ->> 1 as key, cast(each.value ->> 2 as bigint) as token,
      cast(each.value ->> 3 as bigint) as ends, cast(each.value ->> 4 as bigint) as holds, cast(each.value ->> 5 as bigint) as at,
      each.value ->> 6 as state, each.value ->> 7 as reason, cast(each.value ->> 8 as integer) as alone
    from ${words.each(value("rows"))}`;
}

/** Frees the queues `q` of the settlements `g`. */
function freeing({ sql, table }: StatementKit<Rows>): Part {
  return sql`
    update ${table("inbox_queues")} as q set
      open = q.open - g.ends,
      token = case when g.holds = 1 then q.token else 0 end,
      alone = case when g.alone = 1 then 1 when g.ends = 1 and q.open <= 1 then 0 else q.alone end,
      due_at = case when g.ends = 1 and q.open > 1 then 0 else g.at end,
      turn = case when g.ends = 1 then (select max(position) from ${table("inbox")}) else q.turn end`;
}

const FREE = statement<Rows, HeldRow>(
  (kit) => kit.sql`
    ${freeing(kit)} from (${given(kit)}) as g where q.order_key = g.order_key and q.token = g.token returning order_key, attempts`,
);

const END = statement<Rows>(
  ({ sql, table, words, value }) => sql`
    update ${table("inbox")} as i set
      state = each.value ->> 1, ended_at = each.value ->> 2, attempts = each.value ->> 3, reason = each.value ->> 4,
      event = case when each.value ->> 1 = 'done' then null else i.event end
    from ${words.each(value("rows"))} where i.key = each.value ->> 0`,
);

const SETTLE = statement<Rows, HeldRow>((kit) => {
  const { sql, table, words } = kit;
  return sql`
    with given as materialized (${given(kit)}),
    held as materialized (
      select g.*, q.attempts from ${table("inbox_queues")} as q join given as g on g.order_key = q.order_key and g.token = q.token
      order by q.order_key ${words.forUpdate} of q
    ), ended as (
      update ${table("inbox")} as i set
        state = g.state, ended_at = g.at, attempts = g.attempts, reason = g.reason,
        event = case when g.state = 'done' then null else i.event end
      from held as g where g.ends = 1 and i.key = g.key
    )
    ${freeing(kit)} from held as g where q.order_key = g.order_key returning g.order_key, q.attempts`;
});

/** Settles claims of distinct order keys, all or none; answers, for each, whether it still held its event. */
export async function settle(
  { run, write }: SqlDatabase,
  dialect: SqlDialect,
  settlements: readonly Settlement[],
): Promise<readonly boolean[]> {
  const input = { rows: listOf(settlements.map(itemOf)) };
  const freed = dialect === "postgres" ? await run(SETTLE, input) : await write(freeAndEnd);
  const held = new Set(freed.map((row) => row.order_key));
  return settlements.map(({ orderKey }) => held.has(orderKey));

  async function freeAndEnd(runInside: SqlDatabase["run"]): Promise<readonly HeldRow[]> {
    const rows = await runInside(FREE, input);
    const attempts = new Map(rows.map((row) => [row.order_key, row.attempts]));
    const ended = settlements.flatMap(({ orderKey, key, outcome }) => {
      if (!attempts.has(orderKey) || outcome.kind === "renewed" || outcome.kind === "failed") return [];
      const reason = outcome.kind === "dead" ? JSON.stringify(outcome.reason) : undefined;
      return [[key, outcome.kind, wholeMs(outcome.at), attempts.get(orderKey), reason]];
    });
    if (ended.length > 0) await runInside(END, { rows: listOf(ended) });
    return rows;
  }
}
