import type { ConnectionChanges } from "@wadesk/core";
import { readChangeCursor } from "@wadesk/core/ports";
import type { SqlDatabase } from "../sql/database.ts";
import { keyText, textOfKey } from "../sql/key-text.ts";
import { type Statement, statement } from "../sql/statement.ts";
import { CONNECTION_COLUMNS, type ConnectionRow, toConnection } from "./connection-rows.ts";

/** A change with the row that it is of, and with what is remembered of its workspace; one row without a change where there is none. */
type ChangeRow = Omit<ConnectionRow, "data"> & {
  readonly last: number | string | null;
  readonly forgotten: number | string | null;
  readonly change: number | string | null;
  readonly connection_id: string | null;
  /** Null once it was removed. */
  readonly data: string | null;
};

interface After {
  readonly workspaceId: string;
  readonly change: number;
  readonly limit: number;
}

const CHANGES: Statement<After, ChangeRow> = statement(({ sql, table, value }) => {
  const columns = sql.join(CONNECTION_COLUMNS.map((name) => sql`own.${sql.ref(name)}`));
  return sql`
    select told.last, told.forgotten, each.change, each.connection_id, ${columns}
    from (select cast(${value("workspaceId")} as text) as workspace_id) as asked
    left join ${table("change_counts")} as told on told.workspace_id = asked.workspace_id
    left join (
      select change, connection_id, removal from ${table("connection_changes")}
      where workspace_id = ${value("workspaceId")} and change > ${value("change")} order by change limit ${value("limit")}
    ) as each on 1 = 1
    left join ${table("connections")} as own on own.id = each.connection_id and own.workspace_id = ${value("workspaceId")} and each.removal = 0
    order by each.change`;
});

const FORGET_REMOVED: Statement<{ workspaceId: string }, unknown> = statement(
  ({ sql, table, value }) => sql`delete from ${table("connection_changes")} where workspace_id = ${value("workspaceId")} and removal > 0`,
);
// what begins anew begins above it
const FLOOR = "\u0001";
const RAISE_FLOOR: Statement<{ workspaceId: string; floor: string }, unknown> = statement(
  ({ sql, table, value, words }) => sql`
    insert into ${table("change_counts")} as own (workspace_id, last, removals, forgotten)
    select cast(${value("floor")} as text), last + 1, 0, 0 from ${table("change_counts")} where workspace_id = ${value("workspaceId")}
    on conflict (workspace_id) do update set last = ${words.greatest(sql`own.last`, sql`excluded.last`)}`,
);
const FORGET_COUNT: Statement<{ workspaceId: string }, unknown> = statement(
  ({ sql, table, value }) => sql`delete from ${table("change_counts")} where workspace_id = ${value("workspaceId")}`,
);

/** What became of a workspace's connections since a cursor; nothing where not all of it is remembered. */
export async function changesSince(
  { run }: SqlDatabase,
  workspaceId: string,
  cursor: string,
  limit: number,
): Promise<ConnectionChanges | undefined> {
  const after = readChangeCursor(cursor);
  const rows = await run(CHANGES, { workspaceId: keyText(workspaceId), change: after, limit: limit + 1 });
  const { last, forgotten } = rows[0] ?? { last: null, forgotten: null };
  // who begins at 0 had nothing, and misses no removal
  if (after !== 0 && (last === null || after < Number(forgotten) || after > Number(last))) return undefined;
  const told = rows.filter(({ change }) => change !== null).slice(0, limit);
  const removed = told.flatMap(({ data, connection_id }) => (data === null ? [textOfKey(connection_id ?? "")] : []));
  // an id that no client of ours gives cannot be told of
  if (removed.includes(undefined)) return undefined;
  return {
    changed: told.flatMap(({ data, ...row }) => (data === null ? [] : toConnection({ ...row, data }))),
    removed: removed.filter((id) => id !== undefined),
    cursor: String(told.at(-1)?.change ?? after),
    more: rows.length > limit,
  };
}

/** Forgets which connections of a workspace were removed, and how many changes it had. */
export async function forgetChanges({ write }: SqlDatabase, workspaceId: string): Promise<void> {
  const input = { workspaceId: keyText(workspaceId) };
  await write(async (run) => {
    await run(RAISE_FLOOR, { ...input, floor: FLOOR });
    await run(FORGET_COUNT, input);
    await run(FORGET_REMOVED, input);
  });
}
