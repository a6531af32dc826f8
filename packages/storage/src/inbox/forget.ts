import type { InboxPrune } from "@wadesk/core/ports";
import type { SqlDatabase } from "../sql/database.ts";
import { keyText } from "../sql/key-text.ts";
import { type Statement, statement } from "../sql/statement.ts";
import { listOf, wholeMs } from "./event-row.ts";

interface Old {
  readonly before: number;
  readonly limit: number;
}

// so that no transaction is long, and others get their turn
const ROWS_AT_ONCE = 1000;

const pruneEnded = (state: "done" | "dead"): Statement<Old, unknown> =>
  statement(
    ({ sql, table, words, value }) => sql`
      with old as materialized (
        select i.position from ${table("inbox")} as i where i.state = ${sql.lit(state)} and i.ended_at < ${value("before")}
        order by i.ended_at limit ${value("limit")} ${words.forUpdateSkipping(sql`i`)}
      )
      delete from ${table("inbox")} where position in (select position from old) returning 1`,
  );
const PRUNE_DONE = pruneEnded("done");
const PRUNE_DEAD = pruneEnded("dead");

const PRUNE_QUEUES = statement<Old>(
  ({ sql, table, words, value }) => sql`
    with old as materialized (
      select q.order_key from ${table("inbox_queues")} as q where q.open = 0 and q.due_at < ${value("before")}
      order by q.due_at limit ${value("limit")} ${words.forUpdateSkipping(sql`q`)}
    )
    delete from ${table("inbox_queues")} where order_key in (select order_key from old) returning 1`,
);

/** Forgets what ended long ago, and the queues that have been empty for so long; answers how many events. */
export async function pruneInbox({ run }: SqlDatabase, { doneBefore, deadBefore, limit }: InboxPrune): Promise<number> {
  const inBatches = async (prune: Statement<Old, unknown>, before: number | undefined, most: number): Promise<number> => {
    let count = 0;
    while (before !== undefined && count < most) {
      const size = Math.min(most - count, ROWS_AT_ONCE);
      const { length } = await run(prune, { before: wholeMs(before), limit: size });
      count += length;
      if (length < size) break;
      await new Promise<void>((resolve) => void setImmediate(resolve));
    }
    return count;
  };
  const done = await inBatches(PRUNE_DONE, doneBefore, limit);
  const dead = await inBatches(PRUNE_DEAD, deadBefore, limit - done);
  await inBatches(PRUNE_QUEUES, doneBefore, limit);
  return done + dead;
}

interface Owner {
  readonly workspace: string;
  readonly connection: string | undefined;
}

interface PlaceRow {
  readonly position: number | string;
  readonly order_key: string;
}

const ownedWhere = (withConnection: boolean): Statement<Owner, PlaceRow> =>
  statement(
    ({ sql, table, value }) => sql`
      select position, order_key from ${table("inbox")} where workspace_id = ${value("workspace")}
      ${withConnection ? sql`and connection_id = ${value("connection")}` : sql``}
      order by connection_id, state limit ${sql.lit(ROWS_AT_ONCE)}`,
  );
const OF_WORKSPACE = ownedWhere(false);
const OF_CONNECTION = ownedWhere(true);

const LOCK = statement<{ queues: string }>(
  ({ sql, table, words, value }) => sql`
    select order_key from ${table("inbox_queues")} where order_key in (select each.value ->> 0 from ${words.each(value("queues"))})
    order by order_key ${words.forUpdate}`,
);

const DELETE = statement<{ places: string }, { order_key: string; state: string }>(
  ({ sql, table, words, value }) => sql`
    delete from ${table("inbox")}
    where position in (select cast(each.value ->> 0 as bigint) from ${words.each(value("places"))}) returning order_key, state`,
);

// a queue whose head was deleted is ready, and the claim that held it is over
const MEND = statement<{ counts: string }>(
  ({ sql, table, words, value }) => sql`
    update ${table("inbox_queues")} as q set
      open = q.open - cast(each.value ->> 1 as bigint),
      due_at = case when exists (select 1 from ${table("inbox")} as i where i.position = q.head) then q.due_at else 0 end,
      token = case when exists (select 1 from ${table("inbox")} as i where i.position = q.head) then q.token else 0 end
    from ${words.each(value("counts"))} where q.order_key = each.value ->> 0`,
);

const DROP = statement<{ queues: string }>(
  ({ sql, table, words, value }) => sql`
    delete from ${table("inbox_queues")}
    where open = 0 and order_key in (select each.value ->> 0 from ${words.each(value("queues"))})`,
);

/** Deletes every event of a workspace, or of one of its connections. Their claims are over; what others have in the same queues goes on. */
export async function forgetOwner({ write }: SqlDatabase, workspaceId: string, connectionId?: string): Promise<void> {
  const owner = { workspace: keyText(workspaceId), connection: connectionId === undefined ? undefined : keyText(connectionId) };
  for (;;) {
    const found = await write(async (run) => {
      const places = await run(connectionId === undefined ? OF_WORKSPACE : OF_CONNECTION, owner);
      if (places.length === 0) return 0;
      const queues = listOf([...new Set(places.map((row) => row.order_key))].map((orderKey) => [orderKey]));
      await run(LOCK, { queues });
      const deleted = await run(DELETE, { places: listOf(places.map((row) => [Number(row.position)])) });
      const open = Map.groupBy(deleted, (row) => row.order_key);
      const counts = [...open].map(([orderKey, rows]) => [orderKey, rows.filter((row) => row.state === "open").length]);
      await run(MEND, { counts: listOf(counts) });
      await run(DROP, { queues });
      return places.length;
    });
    if (found < ROWS_AT_ONCE) return;
    await new Promise<void>((resolve) => void setImmediate(resolve));
  }
}
