import type { Claim, InboxStore, OwnedEvent } from "@wadesk/core";
import { and, asc, eq, inArray, lte, type SQL, sql } from "drizzle-orm";
import { keyOf } from "./columns.ts";
import { type Database, transaction } from "./database.ts";
import { inbox, queues } from "./schema.ts";

/** What hands events out; the rest is in `inbox-upkeep.ts`. */
export type InboxWork = Pick<InboxStore, "add" | "claim" | "renew" | "done" | "fail">;

const OPEN = inArray(inbox.state, ["waiting", "running"]);

export function drizzleInbox(db: Database): InboxWork {
  return {
    async add(events) {
      const seen = new Set<string>();
      const distinct = events.filter(({ key }) => !seen.has(key) && seen.add(key));
      if (distinct.length === 0) return [];
      const added = await transaction(db, async (tx) => {
        const positions = await nextOf(tx, distinct.length);
        const rows = distinct.map((event, index) => toRow(event, positions[index] ?? 0));
        // in one order everywhere, so that no two calls wait for each other
        const sorted = rows.toSorted((left, right) => (keyOf(left.key) < keyOf(right.key) ? -1 : 1));
        const fresh = await tx.insert(inbox).values(sorted).onConflictDoNothing().returning({ event: inbox.event });
        const orderKeys = fresh.flatMap(({ event }) => event?.orderKey ?? []);
        await openQueues(tx, orderKeys);
        return new Set(fresh.map(({ event }) => event?.key));
      });
      return distinct.filter(({ key }) => added.has(key));
    },
    async claim({ types, limit, leaseMs, now, owner: _anyone }) {
      const ofType = types === undefined ? undefined : inArray(inbox.type, [...types]);
      return transaction(db, async (tx) => {
        const first = tx
          .select({ type: inbox.type })
          .from(inbox)
          .where(and(eq(inbox.orderKey, queues.orderKey), OPEN))
          .orderBy(asc(inbox.position))
          .limit(1)
          .as("first");
        const due = await tx
          .select({ orderKey: queues.orderKey })
          .from(queues)
          .innerJoinLateral(first, types === undefined ? sql`true` : inArray(first.type, [...types]))
          .where(lte(queues.dueAt, now))
          .orderBy(queues.dueAt)
          .limit(limit)
          // those that another process is at are passed over, not waited for
          .for("update", { of: queues, skipLocked: true });
        if (due.length === 0) return [];
        // read again now that the queues are ours: a first event may have been completed in between
        const heads = await tx
          .selectDistinctOn([inbox.orderKey], { position: inbox.position, type: inbox.type })
          .from(inbox)
          .where(and(inArray(inbox.orderKey, due.map(asStored("orderKey"))), OPEN))
          .orderBy(inbox.orderKey, inbox.position);
        const positions = heads.filter(({ type }) => types?.includes(type) !== false).map((head) => head.position);
        const running = await tx
          .update(inbox)
          .set({ state: "running", attempt: sql`${inbox.attempt} + 1` })
          .where(and(inArray(inbox.position, positions), ofType))
          .returning({ event: inbox.event, attempt: inbox.attempt });
        const claims: Claim[] = [];
        for (const { event, attempt } of running) {
          if (event === null) continue;
          const [token = 0] = await nextOf(tx, 1);
          await tx.update(queues).set({ dueAt: now + leaseMs, token }).where(eq(queues.orderKey, event.orderKey));
          claims.push({ event, attempt, token });
        }
        return claims;
      });
    },
    async renew(claim, leaseMs, now) {
      const renewed = await db.update(queues).set({ dueAt: now + leaseMs }).where(heldBy(claim)).returning({ dueAt: queues.dueAt });
      return renewed.length > 0;
    },
    done: (claim, now) => settle(db, claim, { state: "done", endedAt: now, event: null }),
    fail: (claim, retryAt, reason, now) =>
      retryAt === "dead"
        ? settle(db, claim, { state: "dead", endedAt: now, reason })
        : settle(db, claim, { state: "waiting", reason }, retryAt),
  };
}
