import type { SqlDatabase } from "../sql/database.ts";
import { keyText } from "../sql/key-text.ts";
import { type Statement, type StatementKit, statement } from "../sql/statement.ts";
import { countsOf, ENQUEUE } from "./add.ts";
import { listOf } from "./event-row.ts";

interface Keys {
  /** A JSON array of arrays of one key each. */
  readonly keys: string;
  /** Whose they must be, where it is asked for. */
  readonly workspace: string | undefined;
}

type Whose = (kit: StatementKit<Keys>) => ReturnType<StatementKit<Keys>["value"]>;
const ANYBODYS: Whose = ({ sql }) => sql`1 = 1`;
const THEIRS: Whose = ({ sql, value }) => sql`i.workspace_id = ${value("workspace")}`;

const deadOf = (whose: Whose): Statement<Keys, { order_key: string }> =>
  statement((kit) => {
    const { sql, table, words, value } = kit;
    return sql`
      select distinct i.order_key from ${table("inbox")} as i
      where i.state = 'dead' and i.key in (select each.value ->> 0 from ${words.each(value("keys"))}) and ${whose(kit)}`;
  });
const DEAD = deadOf(ANYBODYS);
const DEAD_OF = deadOf(THEIRS);

const reviveOf = (whose: Whose): Statement<Keys, Parameters<typeof countsOf>[0][number]> =>
  statement((kit) => {
    const { sql, table, words, value } = kit;
    return sql`
      update ${table("inbox")} as i set position = g.place, state = 'open', attempts = null, ended_at = null, reason = null
      from (select each.value ->> 0 as wanted, ${words.nextPosition} as place from ${words.each(value("keys"))}) as g
      where i.key = g.wanted and i.state = 'dead' and ${whose(kit)} returning key, order_key, position, workspace_id, connection_id`;
  });
const REVIVE = reviveOf(ANYBODYS);
const REVIVE_OF = reviveOf(THEIRS);

const NOTIFY: Statement<object, unknown> = statement(({ sql, words }) => sql`select ${words.notify ?? sql`1`}`);

// so that no transaction is long
const KEYS_AT_ONCE = 500;

/** Puts dead letters, of one workspace or of whichever, at the end of their queues; answers how many there were. */
export async function replayDead({ write }: SqlDatabase, keys: readonly string[], workspaceId: string | undefined): Promise<number> {
  const [dead, revive] = workspaceId === undefined ? [DEAD, REVIVE] : [DEAD_OF, REVIVE_OF];
  const workspace = workspaceId === undefined ? undefined : keyText(workspaceId);
  const stored = [...new Set(keys.map(keyText))];
  let count = 0;
  for (let start = 0; start < stored.length; start += KEYS_AT_ONCE) {
    const input = { keys: listOf(stored.slice(start, start + KEYS_AT_ONCE).map((key) => [key])), workspace };
    count += await write(async (run) => {
      const queues = await run(dead, input);
      if (queues.length === 0) return 0;
      // the queues first: whoever holds them decides what is still dead
      await run(ENQUEUE, { rows: listOf(queues.map((row) => [row.order_key, 0, 0, 0, 0])) });
      const revived = await run(revive, input);
      if (revived.length === 0) return 0;
      await run(ENQUEUE, { rows: countsOf(revived) });
      await run(NOTIFY, {});
      return revived.length;
    });
  }
  return count;
}
