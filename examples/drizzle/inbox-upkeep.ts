import type { DeadLetter, OwnedEvent } from "@wadesk/core";
import type { InboxStore, KeptEvent } from "@wadesk/core/ports";
import { and, count, desc, eq, gt, inArray, lt, min, ne, notExists, or, type SQL, sql } from "drizzle-orm";
import { keyOf, stored } from "./columns.ts";
import { type Database, transaction } from "./database.ts";
import { eventOf, reasonOf } from "./event-text.ts";
import { NEXT, notBehind, OPEN, openQueues } from "./inbox-queues.ts";
import { readCursor, toPage } from "./pages.ts";
import { inbox, queues } from "./schema.ts";

type Row = typeof inbox.$inferSelect;

/** What counts, lists, brings back and forgets events. */
export function drizzleInboxUpkeep(db: Database): Omit<InboxStore, "add" | "claim" | "renew" | "done" | "fail"> {
  return {
    async states(keys) {
      const rows =
        keys.length === 0
          ? []
          : await db
              .select({ key: inbox.key, state: inbox.state })
              .from(inbox)
              .where(inArray(inbox.key, [...keys]));
      const states = new Map(rows.map((row) => [row.key, row.state]));
      return new Map(keys.map((key) => [key, states.get(keyOf(key)) ?? "absent"]));
    },
    async nextDue() {
      const [first] = await db
        .select({ dueAt: min(queues.dueAt) })
        .from(queues)
        .where(notBehind());
      return first?.dueAt ?? undefined;
    },
    async dead(workspaceId, { limit, cursor }) {
      const [at, position] = cursor === undefined ? [] : readCursor(cursor, [0, 0]);
      const rows = await db
        .select()
        .from(inbox)
        .where(
          and(
            eq(inbox.state, "dead"),
            workspaceId === undefined ? undefined : eq(inbox.workspaceId, workspaceId),
            cursor === undefined ? undefined : sql`(${inbox.endedAt}, ${inbox.position}) < (${at}, ${position})`,
          ),
        )
        .orderBy(desc(inbox.endedAt), desc(inbox.position))
        .limit(limit + 1);
      return toPage(rows, limit, toDeadLetter, (row) => [row.endedAt ?? 0, row.position]);
    },
    async replay(keys, workspaceId) {
      return transaction(db, async (tx) => {
        const fresh = { state: "waiting", attempt: 0, deaths: 0, endedAt: null, reason: null, position: NEXT } as const;
        const brought: OwnedEvent[] = [];
        for (const key of keys) {
          const theirs = workspaceId === undefined ? undefined : eq(inbox.workspaceId, workspaceId);
          const isDead = and(eq(inbox.key, key), eq(inbox.state, "dead"), theirs);
          const [back] = await tx.update(inbox).set(fresh).where(isDead).returning();
          if (back !== undefined) brought.push(eventOf(back));
        }
        await openQueues(tx, brought);
        return brought.length;
      });
    },
    async counts(workspaceId) {
      const ofWorkspace = workspaceId === undefined ? undefined : eq(inbox.workspaceId, workspaceId);
      const found = await db.select({ state: inbox.state, rows: count() }).from(inbox).where(ofWorkspace).groupBy(inbox.state);
      return { waiting: 0, running: 0, done: 0, dead: 0, ...Object.fromEntries(found.map(({ state, rows }) => [state, rows])) };
    },
    async list(workspaceId, { limit, cursor }) {
      const after = cursor === undefined ? undefined : gt(inbox.position, Number(readCursor(cursor, [0])[0]));
      const rows = await db
        .select()
        .from(inbox)
        .where(and(eq(inbox.workspaceId, workspaceId), ne(inbox.state, "done"), after))
        .orderBy(inbox.position)
        .limit(limit + 1);
      return toPage(rows, limit, toKeptEvent, (row) => [row.position]);
    },
    async prune({ doneBefore, deadBefore, limit }) {
      const done = and(eq(inbox.state, "done"), lt(inbox.endedAt, doneBefore));
      const dead = deadBefore === undefined ? undefined : and(eq(inbox.state, "dead"), lt(inbox.endedAt, deadBefore));
      const old = db.select({ key: inbox.key }).from(inbox).where(or(done, dead)).limit(limit);
      const gone = await db.delete(inbox).where(inArray(inbox.key, old)).returning({ position: inbox.position });
      return gone.length;
    },
    deleteOfConnection: (workspaceId, connectionId) =>
      deleteAll(db, and(eq(inbox.workspaceId, workspaceId), eq(inbox.connectionId, connectionId))),
    deleteOfWorkspace: (workspaceId) => deleteAll(db, eq(inbox.workspaceId, workspaceId)),
  };
}

async function deleteAll(db: Database, concerned: SQL | undefined): Promise<void> {
  await transaction(db, async (tx) => {
    const contacts = tx.select({ orderKey: inbox.orderKey }).from(inbox).where(and(concerned, OPEN));
    // the queue before its events, as `settle` does
    await tx.select().from(queues).where(inArray(queues.orderKey, contacts)).orderBy(queues.orderKey).for("update");
    const gone = await tx.delete(inbox).where(concerned).returning({ orderKey: inbox.orderKey, state: inbox.state });
    const concernedQueues = inArray(queues.orderKey, stored([...new Set(gone.map(({ orderKey }) => orderKey))]));
    const running = gone.flatMap(({ orderKey, state }) => (state === "running" ? orderKey : []));
    await tx
      .update(queues)
      .set({ dueAt: 0, token: null })
      .where(inArray(queues.orderKey, stored(running)));
    const left = tx
      .select()
      .from(inbox)
      .where(and(eq(inbox.orderKey, queues.orderKey), OPEN));
    await tx.delete(queues).where(and(concernedQueues, notExists(left)));
  });
}

function toDeadLetter(row: Row): DeadLetter {
  return { event: eventOf(row), attempts: row.attempt, reason: reasonOf(row.reason), diedAt: row.endedAt ?? 0 };
}

function toKeptEvent(row: Row): KeptEvent {
  const { state } = row;
  if (state === "done") throw new Error("an event that is done has no payload");
  return { event: eventOf(row), state };
}
