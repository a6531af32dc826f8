import type { Claim, InboxStore, OwnedEvent } from "@wadesk/core";
import { and, eq, inArray, lte, sql } from "drizzle-orm";
import { keyOf, stored } from "./columns.ts";
import { type Database, transaction } from "./database.ts";
import { heldBy, NEXT, OPEN, openQueues, settle } from "./inbox-queues.ts";
import { inbox, queues } from "./schema.ts";

/** What takes events and hands them out; what looks after them is in `inbox-upkeep.ts`. */
export function drizzleInbox(db: Database): Pick<InboxStore, "add" | "claim" | "renew" | "done" | "fail"> {
  return {
    async add(events) {
      const seen = new Set<string>();
      const distinct = events.filter(({ key }) => !seen.has(key) && seen.add(key));
      if (distinct.length === 0) return [];
      const added = await transaction(db, async (tx) => {
        const positions = await tx.select({ next: NEXT }).from(sql`generate_series(1, ${distinct.length}::int)`);
        const rows = distinct.map((event, index) => toRow(event, positions[index]?.next ?? 0));
        const sorted = rows.toSorted((left, right) => (keyOf(left.key) < keyOf(right.key) ? -1 : 1));
        const fresh = await tx.insert(inbox).values(sorted).onConflictDoNothing().returning({ event: inbox.event });
        const orderKeys = fresh.flatMap(({ event }) => event?.orderKey ?? []);
        await openQueues(tx, orderKeys);
        return new Set(fresh.map(({ event }) => event?.key));
      });
      return distinct.filter((event) => added.has(event.key));
    },
    async claim({ types, limit, leaseMs, now }) {
      return transaction(db, async (tx) => {
        const due = await lockDueQueues(tx, types, limit, now);
        if (due.length === 0) return [];
        // looked up only now that the queues are ours: what was first may have been completed in between
        const heads = await tx
          .selectDistinctOn([inbox.orderKey], { position: inbox.position, type: inbox.type })
          .from(inbox)
          .where(and(inArray(inbox.orderKey, stored(due)), OPEN))
          .orderBy(inbox.orderKey, inbox.position);
        const positions = heads.flatMap(({ type, position }) => (types?.includes(type) === false ? [] : position));
        const running = await tx
          .update(inbox)
          .set({ state: "running", attempt: sql`${inbox.attempt} + 1` })
          .where(inArray(inbox.position, positions))
          .returning({ event: inbox.event, attempt: inbox.attempt, orderKey: inbox.orderKey });
        const held = stored(running.map(({ orderKey }) => orderKey));
        const leases = await tx
          .update(queues)
          .set({ dueAt: now + leaseMs, token: NEXT })
          .where(inArray(queues.orderKey, held))
          .returning({ orderKey: queues.orderKey, token: queues.token });
        const tokens = new Map(leases.map(({ orderKey, token }) => [orderKey, token]));
        return running.flatMap(({ event, attempt, orderKey }): Claim[] => {
          const token = tokens.get(orderKey) ?? undefined;
          return event === null || token === undefined ? [] : [{ event, attempt, token }];
        });
      });
    },
    async renew(claim, leaseMs, now) {
      const renewed = await db
        .update(queues)
        .set({ dueAt: now + leaseMs })
        .where(heldBy(claim))
        .returning({ dueAt: queues.dueAt });
      return renewed.length > 0;
    },
    done: (claim, now) => settle(db, claim, { state: "done", endedAt: now, event: null }),
    fail: (claim, retryAt, reason, now) =>
      retryAt === "dead"
        ? settle(db, claim, { state: "dead", endedAt: now, reason })
        : settle(db, claim, { state: "waiting", reason }, retryAt),
  };
}

/** Queues that are due and whose first event is of one of the types. Those that another process is at are passed over, not waited for. */
async function lockDueQueues(tx: Database, types: readonly string[] | undefined, limit: number, now: number) {
  const head = tx
    .select({ type: inbox.type })
    .from(inbox)
    .where(and(eq(inbox.orderKey, queues.orderKey), OPEN))
    .orderBy(inbox.position)
    .limit(1)
    .as("head");
  const due = await tx
    .select({ orderKey: queues.orderKey })
    .from(queues)
    .innerJoinLateral(head, types === undefined ? sql`true` : inArray(head.type, [...types]))
    .where(lte(queues.dueAt, now))
    .orderBy(queues.dueAt)
    .limit(limit)
    .for("update", { of: queues, skipLocked: true });
  return due.map(({ orderKey }) => orderKey);
}

function toRow(event: OwnedEvent, position: number) {
  const { key, workspaceId, connectionId, orderKey, type } = event;
  return { key, position, workspaceId, connectionId, orderKey, type, state: "waiting", attempt: 0, event } as const;
}
