import type { OwnedEvent } from "@wadesk/core";
import type { InboxStore } from "@wadesk/core/ports";
import { sql } from "drizzle-orm";
import { keyOf } from "./columns.ts";
import { type Database, transaction } from "./database.ts";
import { reasonText, textOf } from "./event-text.ts";
import { drizzleClaim } from "./inbox-claim.ts";
import { heldBy, NEXT, openQueues, settle, underOneName } from "./inbox-queues.ts";
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
        const named = await underOneName(tx, distinct);
        const rows = named.map((event, index) => toRow(event, positions[index]?.next ?? 0));
        const sorted = rows.toSorted((left, right) => (keyOf(left.key) < keyOf(right.key) ? -1 : 1));
        const fresh = await tx.insert(inbox).values(sorted).onConflictDoNothing().returning({ key: inbox.key });
        const keys = new Set(fresh.map(({ key }) => key));
        const isNew = ({ key }: OwnedEvent): boolean => keys.has(keyOf(key));
        await openQueues(tx, named.filter(isNew));
        return distinct.filter(isNew);
      });
      return added;
    },
    claim: drizzleClaim(db),
    async renew(claim, leaseMs, now, alone = false) {
      const renewed = await db
        .update(queues)
        .set({ dueAt: Math.ceil(now + leaseMs), ...(alone && { alone }) })
        .where(heldBy(claim))
        .returning({ dueAt: queues.dueAt });
      return renewed.length > 0;
    },
    done: (claim, now) => settle(db, claim, { state: "done", endedAt: now, event: null }),
    fail: (claim, retryAt, reason, now) =>
      retryAt === "dead"
        ? settle(db, claim, { state: "dead", endedAt: now, reason: reasonText(reason) })
        : settle(db, claim, { state: "waiting", reason: reasonText(reason) }, retryAt),
  };
}

function toRow(event: OwnedEvent, position: number) {
  const { key, workspaceId, connectionId, orderKey, type } = event;
  return { key, position, workspaceId, connectionId, orderKey, type, state: "waiting", attempt: 0, event: textOf(event) } as const;
}
