import type { SqlDatabase } from "../sql/database.ts";
import { keyText } from "../sql/key-text.ts";
import { type Statement, statement } from "../sql/statement.ts";
import { countsOf, ENQUEUE } from "./add.ts";
import { listOf } from "./event-row.ts";

interface Keys {
  /** A JSON array of arrays of one key each. */
  readonly keys: string;
}

const DEAD = statement<Keys, { order_key: string }>(
  ({ sql, table, words, value }) => sql`
    select distinct order_key from ${table("inbox")}
    where state = 'dead' and key in (select each.value ->> 0 from ${words.each(value("keys"))})`,
);

const REVIVE = statement<Keys, Parameters<typeof countsOf>[0][number]>(
  ({ sql, table, words, value }) => sql`
    update ${table("inbox")} as i set position = g.place, state = 'open', attempts = null, ended_at = null, reason = null
    from (select each.value ->> 0 as key, ${words.nextPosition} as place from ${words.each(value("keys"))}) as g
    where i.key = g.key and i.state = 'dead' returning order_key, position, workspace_id, connection_id`,
);

const NOTIFY: Statement<object, unknown> = statement(({ sql, words }) => sql`select ${words.notify ?? sql`1`}`);

// so that no transaction is long
const KEYS_AT_ONCE = 500;

/** Puts dead letters at the end of their queues; answers how many there were. */
export async function replayDead({ write }: SqlDatabase, keys: readonly string[]): Promise<number> {
  const stored = [...new Set(keys.map(keyText))];
  let count = 0;
  for (let start = 0; start < stored.length; start += KEYS_AT_ONCE) {
    const input = { keys: listOf(stored.slice(start, start + KEYS_AT_ONCE).map((key) => [key])) };
    count += await write(async (run) => {
      const queues = await run(DEAD, input);
      if (queues.length === 0) return 0;
      // the queues first: whoever holds them decides what is still dead
      await run(ENQUEUE, { rows: listOf(queues.map((row) => [row.order_key, 0, 0, 0, 0])) });
      const revived = await run(REVIVE, input);
      if (revived.length === 0) return 0;
      await run(ENQUEUE, { rows: countsOf(revived) });
      await run(NOTIFY, {});
      return revived.length;
    });
  }
  return count;
}
