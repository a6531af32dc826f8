import type { OwnedEvent } from "@wadesk/core";
import type { Claim } from "@wadesk/core/ports";
import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import { keyOf } from "./columns.ts";
import { type Database, transaction } from "./database.ts";
import { inbox, queues } from "./schema.ts";

/** Events that are still to be completed. */
export const OPEN: SQL = sql`${inbox.state} in ('waiting', 'running')`;

/** The next number of the counter, as a part of a statement. */
export const NEXT: SQL<number> = sql<number>`nextval('wadesk_counter')`.mapWith(Number);

/**
 * Events as they are queued: one that names its person by phone alone goes where those of the same person go that name a lasting id, as long as some of them
 * are open. Awkward keys, which are stored as their digest, keep to themselves.
 */
export async function underOneName(tx: Database, events: readonly OwnedEvent[]): Promise<readonly OwnedEvent[]> {
  const found = await tx
    .select({ orderKey: queues.orderKey, behind: queues.behind })
    .from(queues)
    .where(inArray(queues.behind, [...new Set(events.map(({ orderKey }) => orderKey))]))
    .orderBy(queues.turn);
  const names = new Map(found.map(({ orderKey, behind }) => [behind, orderKey]));
  return events.map((event) => {
    const phone = event.phoneOrderKey;
    if (phone !== undefined && keyOf(phone) === phone && keyOf(event.orderKey) === event.orderKey) {
      names.set(phone, event.orderKey);
      return event;
    }
    const { phoneOrderKey: _, ...rest } = event;
    const orderKey = names.get(event.orderKey);
    return orderKey === undefined ? (rest as OwnedEvent) : { ...event, orderKey, phoneOrderKey: event.orderKey };
  });
}

/** Whether all is done that a queue is behind; `behind` is its column. */
export function notBehind(behind: SQL = sql`${queues.behind}`): SQL {
  return sql`(${behind} is null or not exists (select 1 from wadesk_inbox_queues as b where b.order_key = ${behind}))`;
}

/** Says that the contacts of these events have open ones. A queue that is there already keeps its time and its holder. */
export async function openQueues(
  tx: Database,
  events: readonly Pick<OwnedEvent, "orderKey" | "phoneOrderKey" | "workspaceId" | "connectionId">[],
): Promise<void> {
  const distinct = new Map(events.map((event) => [keyOf(event.orderKey), event]));
  const phones = new Map(events.flatMap(({ orderKey, phoneOrderKey }) => (phoneOrderKey === undefined ? [] : [[orderKey, phoneOrderKey]])));
  // in one order everywhere, so that no two transactions wait for each other
  const sorted = [...distinct].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, event]) => event);
  if (sorted.length === 0) return;
  await tx
    .insert(queues)
    .values(
      sorted.map(({ orderKey, workspaceId, connectionId }) => {
        return { orderKey, workspaceId, connectionId, dueAt: 0, turn: NEXT, behind: phones.get(orderKey) ?? null };
      }),
    )
    // says whose turn it takes, and waits for whoever is just about to close the queue
    .onConflictDoUpdate({
      target: queues.orderKey,
      set: {
        workspaceId: sql`excluded.workspace_id`,
        connectionId: sql`excluded.connection_id`,
        behind: sql`coalesce(excluded.behind, ${queues.behind})`,
      },
    });
}

/** Ends a claim: writes what became of its event, and lets go of its contact. False when the claim was lost. */
export async function settle(db: Database, claim: Claim, change: Partial<typeof inbox.$inferInsert>, dueAt: number = 0): Promise<boolean> {
  return transaction(db, async (tx) => {
    const held = await tx.select().from(queues).where(heldBy(claim)).for("update");
    if (held.length === 0) return false;
    const { key, orderKey } = claim.event;
    await tx.update(inbox).set(change).where(eq(inbox.key, key));
    const [next] = await tx
      .select({ position: inbox.position })
      .from(inbox)
      .where(and(eq(inbox.orderKey, orderKey), OPEN))
      .limit(1);
    if (next === undefined) await tx.delete(queues).where(eq(queues.orderKey, orderKey));
    else
      await tx
        .update(queues)
        .set({ dueAt: Math.ceil(dueAt), token: null, ...(dueAt === 0 && { turn: NEXT }) })
        .where(eq(queues.orderKey, orderKey));
    return true;
  });
}

/** The queue of a claim, as long as nobody else claimed one of its events. */
export function heldBy({ event, token }: Claim): SQL | undefined {
  return and(eq(queues.orderKey, event.orderKey), eq(queues.token, token));
}
