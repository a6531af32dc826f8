import type { Connection, ConnectionState } from "@wadesk/core";
import { type ConnectionFilter, type ConnectionStore, regionCounts, searchNeedles, searchTextOf, wholeTime } from "@wadesk/core/ports";
import { and, asc, count, eq, inArray, isNull, lt, lte, ne, or, type SQL, sql } from "drizzle-orm";
import { keyOf } from "./columns.ts";
import { changesSince, forgetChanges, lastChange, noteChange } from "./connection-changes.ts";
import { type Database, isUniqueViolation, transaction } from "./database.ts";
import { readCursor, toPage } from "./pages.ts";
import { changeCounts, connections } from "./schema.ts";

const { workspaceId: workspaceOf, channel: channelOf, lastSeenAt, since, state, createdAt, id: idOf } = connections;
const seenAt = sql`coalesce(${lastSeenAt}, ${since})`;

/** Connections in the table `wadesk_connections`. */
export function drizzleConnections(db: Database): ConnectionStore {
  return {
    // #region insert
    async insert(row, limit) {
      return transaction(db, async (tx) => {
        const ofChannel = and(eq(workspaceOf, row.workspaceId), eq(channelOf, row.channel));
        if (limit !== undefined) await lockChannel(tx, row.workspaceId, row.channel);
        if ((await tx.$count(connections, eq(connections.route, row.route))) > 0) return "route_taken";
        if (limit !== undefined && (await tx.$count(connections, ofChannel)) >= limit) return "limit_reached";
        const inserted = await tx.insert(connections).values(toRow(row)).onConflictDoNothing().returning({ version: connections.version });
        if (inserted.length === 0) return "route_taken";
        await noteChange(tx, row.workspaceId, row.id, "stands");
        return "inserted";
      });
    },
    // #endregion insert
    async get(workspaceId, id) {
      const [row] = await db.select().from(connections).where(one(workspaceId, id));
      return row && toConnection(row);
    },
    async list(workspaceId, filter, { limit, cursor }) {
      const [at, id] = cursor === undefined ? [] : readCursor(cursor, [0, ""]);
      const after = cursor === undefined ? undefined : sql`(${createdAt}, ${idOf}) > (${at}, ${id})`;
      const rows = await db
        .select()
        .from(connections)
        .where(and(matching(workspaceId, filter), after))
        .orderBy(createdAt, idOf)
        .limit(limit + 1);
      return toPage(rows, limit, toConnection, (row) => [row.createdAt, row.id]);
    },
    async counts(workspaceId, scope) {
      const shown = shownState(scope.silentBefore).as("shown");
      const last = sql<
        string | number
      >`(select ${changeCounts.last} from ${changeCounts} where ${eq(changeCounts.workspaceId, workspaceId)})`;
      const found = await db
        .select({ shown, region: sql<string | null>`min(${connections.row})`, rows: count(), last })
        .from(connections)
        .where(matching(workspaceId, scope))
        .groupBy(sql`1`, connections.region);
      const states = { connected: 0, pending: 0, disconnected: 0, failed: 0 };
      const regions = new Map<string, number>();
      for (const each of found) {
        states[each.shown] += each.rows;
        const { region }: Partial<Connection> = JSON.parse(each.region ?? "{}");
        if (region !== undefined) regions.set(region, (regions.get(region) ?? 0) + each.rows);
      }
      const cursor = found[0] === undefined ? await lastChange(db, workspaceId) : found[0].last;
      return { states, regions: regionCounts(regions), cursor: String(cursor) };
    },
    changedSince: (workspaceId, cursor, limit) => changesSince(db, workspaceId, cursor, limit, toConnection),
    forgetChanges: (workspaceId) => forgetChanges(db, workspaceId),
    async byRoute(route) {
      const [row] = await db.select().from(connections).where(eq(connections.route, route));
      return row && toConnection(row);
    },
    async byAccount(account) {
      const rows = await db.select().from(connections).where(eq(connections.account, account)).orderBy(createdAt, idOf);
      return rows.map(toConnection);
    },
    async update(workspaceId, id, expectedVersion, change) {
      const [row] = await db.select().from(connections).where(one(workspaceId, id));
      if (row === undefined) return "gone";
      const { primary: _stays, lastSeenAt: seen, ...next } = toRow({ ...toConnection(row), ...change, version: expectedVersion + 1 });
      try {
        return await transaction(db, async (tx) => {
          const updated = await tx
            .update(connections)
            .set({ ...next, ...(change.lastSeenAt !== undefined && { lastSeenAt: seen }) })
            .where(and(one(workspaceId, id), eq(connections.version, expectedVersion)))
            .returning({ version: connections.version });
          if (updated.length > 0) await noteChange(tx, workspaceId, id, "stands");
          return updated.length > 0 ? "updated" : "conflict";
        });
      } catch (error) {
        if (isUniqueViolation(error)) return "route_taken";
        throw error;
      }
    },
    async touch(seen) {
      // one row at a time, so that no two calls can wait for each other
      for (const { id, epoch, at } of seen) {
        const newer = or(isNull(lastSeenAt), lt(lastSeenAt, at));
        await db
          .update(connections)
          .set({ lastSeenAt: at })
          .where(and(eq(idOf, id), lte(connections.epoch, epoch), newer));
      }
    },
    async primary(workspaceId, channel) {
      const ofChannel = and(eq(workspaceOf, workspaceId), eq(channelOf, channel));
      const [row] = await db.select().from(connections).where(and(ofChannel, connections.primary));
      return row && toConnection(row);
    },
    async setPrimary(workspaceId, channel, id, only) {
      await transaction(db, async (tx) => {
        await lockChannel(tx, workspaceId, channel);
        const ofChannel = and(eq(workspaceOf, workspaceId), eq(channelOf, channel));
        if ((await tx.$count(connections, and(ofChannel, eq(idOf, id)))) === 0) return;
        if (only === "if-none" && (await tx.$count(connections, and(ofChannel, connections.primary))) > 0) return;
        const former = await tx
          .update(connections)
          .set({ primary: false })
          .where(and(ofChannel, connections.primary, ne(idOf, id)))
          .returning();
        await tx
          .update(connections)
          .set({ primary: true })
          .where(and(ofChannel, eq(idOf, id)));
        for (const each of [...former.map(({ row }) => row.id), id]) await noteChange(tx, workspaceId, each, "stands");
      });
    },
    async delete(workspaceId, id) {
      await transaction(db, async (tx) => {
        const gone = await tx.delete(connections).where(one(workspaceId, id)).returning({ version: connections.version });
        if (gone.length > 0) await noteChange(tx, workspaceId, id, "removed");
      });
    },
    async silent(channel, before, limit) {
      const silent = and(eq(channelOf, channel), eq(state, "connected"), lt(seenAt, wholeTime(before)));
      const rows = await db.select().from(connections).where(silent).orderBy(asc(seenAt)).limit(limit);
      return rows.map(toConnection);
    },
    async walk({ limit, cursor }) {
      const after = cursor === undefined ? undefined : sql`${idOf} > ${readCursor(cursor, [""])[0]}`;
      const rows = await db
        .select()
        .from(connections)
        .where(after)
        .orderBy(idOf)
        .limit(limit + 1);
      return toPage(rows, limit, toConnection, (row) => [row.id]);
    },
    total: async () => db.$count(connections),
  };
}

function one(workspaceId: string, id: string): SQL | undefined {
  return and(eq(workspaceOf, workspaceId), eq(idOf, id));
}

function matching(workspaceId: string, { channel, region, states, silentBefore, search = "" }: ConnectionFilter): SQL | undefined {
  return and(
    eq(workspaceOf, workspaceId),
    channel === undefined ? undefined : eq(channelOf, channel),
    region === undefined ? undefined : eq(connections.region, region),
    or(...searchNeedles(search).map((needle) => sql`strpos(${connections.searched}, ${needle}) > 0`)),
    states === undefined ? undefined : inArray(shownState(silentBefore), [...states]),
  );
}

/** A connected row that was not seen since then counts as disconnected. */
function shownState(silentBefore: number | undefined): SQL<ConnectionState> {
  if (silentBefore === undefined) return sql<ConnectionState>`${state}`;
  return sql<ConnectionState>`case when ${state} = 'connected' and ${seenAt} < ${wholeTime(silentBefore)} then 'disconnected' else ${state} end`;
}

// #region lock
/** Until the end of the transaction nobody else counts or marks the connections of this workspace and channel. */
async function lockChannel(tx: Database, workspaceId: string, channel: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${keyOf(JSON.stringify([workspaceId, channel]))}, 0))`);
}
// #endregion lock

function toRow({ primary, version, lastSeenAt: seen, ...row }: Connection): typeof connections.$inferInsert {
  const { id, workspaceId, channel, route, account, region, status, createdAt: at, epoch } = row;
  const columns = { id, workspaceId, channel, route, account: account ?? null, region: region ?? null, createdAt: at, epoch };
  return {
    ...columns,
    state: status.state,
    since: status.since,
    lastSeenAt: seen ?? null,
    primary,
    version,
    searched: searchTextOf(row),
    row,
  };
}

function toConnection({ row, primary, version, lastSeenAt: seen }: typeof connections.$inferSelect): Connection {
  return { ...row, primary, version, ...(seen !== null && { lastSeenAt: seen }) };
}
