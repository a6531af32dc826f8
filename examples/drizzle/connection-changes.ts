import type { Connection, ConnectionChanges } from "@wadesk/core";
import { readChangeCursor } from "@wadesk/core/ports";
import { and, eq, gt, lte, sql } from "drizzle-orm";
import type { Database } from "./database.ts";
import { transaction } from "./database.ts";
import { changeCounts, connectionChanges, connections } from "./schema.ts";

/** So many removals of a workspace are remembered. */
const REMOVALS = 1000;
/** What begins anew begins above the number of this row, which is no workspace's. */
const FLOOR = "\0";

const began = sql<number>`greatest(
  cast(extract(epoch from clock_timestamp()) * 1000 as bigint),
  coalesce((select last from wadesk_change_counts where workspace_id = ${sql.param(FLOOR, changeCounts.workspaceId)}), 0)
)`;

/**
 * Numbers a change, in the transaction that makes it and as the last thing there: until its end nobody else numbers one of this workspace, so
 * whoever sees a number sees all before it.
 */
export async function noteChange(tx: Database, workspaceId: string, id: string, what: "stands" | "removed"): Promise<void> {
  const gone = what === "removed" ? 1 : 0;
  const [counted] = await tx
    .insert(changeCounts)
    .values({ workspaceId, last: sql`${began} + 1`, removals: gone, forgotten: began })
    .onConflictDoUpdate({
      target: changeCounts.workspaceId,
      set: { last: sql`${changeCounts.last} + 1`, removals: sql`${changeCounts.removals} + ${gone}` },
    })
    .returning();
  if (counted === undefined) return;
  const change = { change: counted.last, removal: gone * counted.removals };
  await tx
    .insert(connectionChanges)
    .values({ workspaceId, connectionId: id, name: id, ...change })
    .onConflictDoUpdate({ target: [connectionChanges.workspaceId, connectionChanges.connectionId], set: change });
  if (gone === 0) return;
  const old = await tx
    .delete(connectionChanges)
    .where(
      and(
        eq(connectionChanges.workspaceId, workspaceId),
        gt(connectionChanges.removal, 0),
        lte(connectionChanges.removal, counted.removals - REMOVALS),
      ),
    )
    .returning({ change: connectionChanges.change });
  const forgotten = Math.max(counted.forgotten, ...old.map((each) => each.change));
  if (old.length > 0) await tx.update(changeCounts).set({ forgotten }).where(eq(changeCounts.workspaceId, workspaceId));
}

/** The number of the last change of a workspace, 0 before the first. */
export async function lastChange(db: Database, workspaceId: string): Promise<number> {
  const [counted] = await db.select().from(changeCounts).where(eq(changeCounts.workspaceId, workspaceId));
  return counted?.last ?? 0;
}

/** What became of a workspace's connections since a cursor; nothing where not all of it is remembered. */
export async function changesSince(
  db: Database,
  workspaceId: string,
  cursor: string,
  limit: number,
  toConnection: (row: typeof connections.$inferSelect) => Connection,
): Promise<ConnectionChanges | undefined> {
  const after = readChangeCursor(cursor);
  const [counted] = await db.select().from(changeCounts).where(eq(changeCounts.workspaceId, workspaceId));
  // who begins at 0 had nothing, and misses no removal
  if (after !== 0 && (counted === undefined || after < counted.forgotten || after > counted.last)) return undefined;
  const rows = await db
    .select({ name: connectionChanges.name, change: connectionChanges.change, row: connections })
    .from(connectionChanges)
    .leftJoin(
      connections,
      and(eq(connections.id, connectionChanges.connectionId), eq(connections.workspaceId, connectionChanges.workspaceId)),
    )
    .where(and(eq(connectionChanges.workspaceId, workspaceId), gt(connectionChanges.change, after)))
    .orderBy(connectionChanges.change)
    .limit(limit + 1);
  const told = rows.slice(0, limit);
  return {
    changed: told.flatMap(({ row }) => (row === null ? [] : toConnection(row))),
    removed: told.flatMap(({ row, name }) => (row === null ? name : [])),
    cursor: String(told.at(-1)?.change ?? after),
    more: rows.length > limit,
  };
}

/** Forgets which connections of a workspace were removed, and how many changes it had. */
export async function forgetChanges(db: Database, workspaceId: string): Promise<void> {
  await transaction(db, async (tx) => {
    const last = (await lastChange(tx, workspaceId)) + 1;
    await tx
      .insert(changeCounts)
      .values({ workspaceId: FLOOR, last, removals: 0, forgotten: 0 })
      .onConflictDoUpdate({ target: changeCounts.workspaceId, set: { last: sql`greatest(${changeCounts.last}, ${last})` } });
    await tx.delete(changeCounts).where(eq(changeCounts.workspaceId, workspaceId));
    await tx.delete(connectionChanges).where(and(eq(connectionChanges.workspaceId, workspaceId), gt(connectionChanges.removal, 0)));
  });
}
