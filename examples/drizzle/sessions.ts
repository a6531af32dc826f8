import type { SessionLease, SessionStore } from "@wadesk/core/ports";
import { and, asc, count, eq, gt, inArray, isNull, lte, sql } from "drizzle-orm";
import { type Database, transaction } from "./database.ts";
import { sessionProcesses as processes, sessions } from "./schema.ts";

/** Which process keeps which session open. */
export function drizzleSessions(db: Database, now: () => number): SessionStore {
  const lives = async (tx: Database, process: string): Promise<boolean> => {
    const living = and(eq(processes.name, process), gt(processes.until, now()));
    return (await tx.select({ name: processes.name }).from(processes).where(living).for("share")).length > 0;
  };
  const free = { process: null };
  return {
    async join(process, kinds, ttlMs) {
      await db.insert(processes).values({ name: process, process, kinds, until: now() + ttlMs });
    },
    async beat(process, kinds, ttlMs) {
      const living = and(eq(processes.name, process), gt(processes.until, now()));
      const alive = await db
        .update(processes)
        .set({ kinds, until: now() + ttlMs })
        .where(living)
        .returning({ until: processes.until });
      return alive.length > 0 ? "alive" : "lost";
    },
    leave: (process) =>
      transaction(db, async (tx) => {
        await tx.delete(processes).where(eq(processes.name, process));
        await tx.update(sessions).set(free).where(eq(sessions.process, process));
      }),
    async standing(kind) {
      const ofKind = and(eq(sessions.kind, kind), eq(sessions.wanted, true));
      const held = await db.select({ name: sessions.process, count: count() }).from(sessions).where(ofKind).groupBy(sessions.process);
      const all = await db.select().from(processes);
      const living = all.filter(({ until }) => until > now());
      const shares = living.map(({ name, process, kinds }) => ({
        process,
        serves: kinds.includes(kind),
        held: held.find((each) => each.name === name)?.count ?? 0,
      }));
      return {
        shares: shares.sort((left, right) => (left.process < right.process ? -1 : 1)),
        free: held.find(({ name }) => name === null)?.count ?? 0,
        lapsed: all.length - living.length,
      };
    },
    reap: () =>
      transaction(db, async (tx) => {
        const lapsed = await tx.select().from(processes).where(lte(processes.until, now())).orderBy(asc(processes.name)).for("update");
        let freed = 0;
        for (const { process } of lapsed) {
          await tx.delete(processes).where(eq(processes.name, process));
          freed += (await tx.update(sessions).set(free).where(eq(sessions.process, process)).returning({ token: sessions.token })).length;
        }
        return freed;
      }),
    // #region claim
    claim: (process, kind, limit) =>
      transaction(db, async (tx) => {
        if (!(await lives(tx, process))) return [];
        const claimable = await tx
          .select({ place: sessions.place })
          .from(sessions)
          .where(and(isNull(sessions.process), eq(sessions.wanted, true), eq(sessions.kind, kind)))
          .orderBy(asc(sessions.connectionId))
          .limit(limit)
          .for("update", { skipLocked: true });
        const ids = claimable.map(({ place }) => place.connectionId);
        if (ids.length === 0) return [];
        const next = { process, token: sql`${sessions.token} + 1` };
        const claimed = await tx.update(sessions).set(next).where(inArray(sessions.connectionId, ids)).returning();
        return claimed.map((row) => leaseOf(process, row));
      }),
    // #endregion claim
    take: (process, place, floor) =>
      transaction(db, async (tx) => {
        if (!(await lives(tx, process))) return undefined;
        const row = { connectionId: place.connectionId, place, kind: place.kind, wanted: false, process, token: floor + 1 };
        const next = { process, place, kind: place.kind, token: sql`greatest(${sessions.token} + 1, excluded.token)` };
        const [taken] = await tx.insert(sessions).values(row).onConflictDoUpdate({ target: sessions.connectionId, set: next }).returning();
        return taken && leaseOf(process, taken);
      }),
    async want(connectionId, wanted) {
      await db.update(sessions).set({ wanted }).where(eq(sessions.connectionId, connectionId));
    },
    async release(process, connectionIds) {
      if (connectionIds.length === 0) return;
      const mine = and(eq(sessions.process, process), inArray(sessions.connectionId, [...connectionIds]));
      await db.update(sessions).set(free).where(mine);
    },
    async held(process) {
      const mine = and(eq(sessions.process, process), eq(sessions.wanted, true));
      return (await db.select().from(sessions).where(mine)).map((row) => leaseOf(process, row));
    },
    async find(connectionId) {
      const [row] = await db
        .select({ wanted: sessions.wanted, process: processes.process })
        .from(sessions)
        .leftJoin(processes, and(eq(processes.name, sessions.process), gt(processes.until, now())))
        .where(eq(sessions.connectionId, connectionId));
      return row && { wanted: row.wanted, ...(row.process !== null && { process: row.process }) };
    },
    async forget(connectionId) {
      await db.delete(sessions).where(eq(sessions.connectionId, connectionId));
    },
  };
}

/** Whether a process that lives holds a session, and nobody else takes it before the transaction has ended. */
export async function holdsSession(tx: Database, connectionId: string, process: string, token: number, now: number): Promise<boolean> {
  const holds = and(eq(sessions.connectionId, connectionId), eq(sessions.process, process), eq(sessions.token, token));
  const [held] = await tx.select({ token: sessions.token }).from(sessions).where(holds).for("share");
  const [alive] = await tx
    .select({ until: processes.until })
    .from(processes)
    .where(and(eq(processes.name, process), gt(processes.until, now)));
  return held !== undefined && alive !== undefined;
}

function leaseOf(process: string, { place, token }: Pick<typeof sessions.$inferSelect, "place" | "token">): SessionLease {
  return { ...place, process, token };
}
