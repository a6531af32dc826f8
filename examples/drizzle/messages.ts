import type { MessageRow } from "@wadesk/core";
import type { MessageStore, ProviderMessage } from "@wadesk/core/ports";
import { and, eq, inArray, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import { type Database, transaction } from "./database.ts";
import { readCursor, toPage } from "./pages.ts";
import { connections, messages, standings } from "./schema.ts";

interface Found {
  readonly message: typeof messages.$inferSelect;
  readonly standing: typeof standings.$inferSelect | null;
}

/** Messages in one table, where they stand in another. */
export function drizzleMessages(db: Database): MessageStore {
  /** Messages with where they stand, once the vendor took them. */
  const select = () =>
    db
      .select({ message: messages, standing: standings })
      .from(messages)
      .leftJoin(standings, eq(standings.messageId, messages.id))
      .$dynamic();
  const find = async (condition: SQL | undefined): Promise<MessageRow | undefined> => {
    const [found] = await select().where(condition);
    return found && toMessage(found);
  };
  const store: MessageStore = {
    async insert(row) {
      const { id, workspaceId, connectionId, idempotencyKey = null, createdAt, waiting = false } = row;
      const columns = { id, workspaceId, connectionId, idempotencyKey, createdAt, waiting };
      const inserted = await db
        .insert(messages)
        .values({ ...columns, row })
        .onConflictDoNothing()
        .returning({ at: messages.createdAt });
      if (inserted.length > 0) return undefined;
      const sameKey = idempotencyKey === null ? undefined : eq(messages.idempotencyKey, idempotencyKey);
      const known = await find(and(eq(messages.workspaceId, workspaceId), or(eq(messages.id, id), sameKey)));
      // it was forgotten in between
      if (known === undefined) await db.insert(messages).values({ ...columns, row });
      return known;
    },
    get: (workspaceId, id) => find(one(workspaceId, id)),
    byIdempotencyKey: (workspaceId, idempotencyKey) =>
      find(and(eq(messages.workspaceId, workspaceId), eq(messages.idempotencyKey, idempotencyKey))),
    async move(workspaceId, id, from, to) {
      return transaction(db, async (tx) => {
        const waits = and(one(workspaceId, id), eq(messages.connectionId, from), eq(messages.waiting, true));
        const [found] = await tx.select({ row: messages.row }).from(messages).where(waits).for("update");
        const target = and(eq(connections.workspaceId, workspaceId), eq(connections.id, to));
        const targets = await tx.select({ at: connections.createdAt }).from(connections).where(target);
        if (found === undefined || targets.length === 0) return false;
        await tx
          .update(messages)
          .set({ connectionId: to, row: { ...found.row, connectionId: to } })
          .where(waits);
        return true;
      });
    },
    async hand(workspaceId, id, connectionId) {
      const waits = and(one(workspaceId, id), eq(messages.connectionId, connectionId), eq(messages.waiting, true));
      const handed = await db.update(messages).set({ waiting: false }).where(waits).returning({ at: messages.createdAt });
      return handed.length > 0;
    },
    async accept(workspaceId, id, receipt) {
      await transaction(db, async (tx) => {
        const [accepted] = await tx
          .update(messages)
          .set({ receipt, waiting: false })
          .where(one(workspaceId, id))
          .returning({ row: messages.row });
        if (accepted === undefined) return;
        const { connectionId, status, statusAt } = accepted.row;
        await tx
          .insert(standings)
          .values({ connectionId, providerId: receipt.providerId, messageId: id, status, at: statusAt })
          // a status was here first: it becomes the message's
          .onConflictDoUpdate({ target: [standings.connectionId, standings.providerId], set: { messageId: id } });
      });
    },
    async forget(workspaceId, id) {
      await db.delete(messages).where(one(workspaceId, id));
    },
    // #region ladder
    async advanceStatus(message, status, at, failure) {
      const next = { status, at, ...(failure && { failure }) };
      const advanced = await db
        .insert(standings)
        .values({ ...message, ...next })
        .onConflictDoUpdate({
          target: [standings.connectionId, standings.providerId],
          set: next,
          setWhere: sql`${standings.status} < excluded.status`,
        })
        .returning({ at: standings.at });
      const [now] = await db
        .select({ status: standings.status, row: messages.row })
        .from(standings)
        .leftJoin(messages, eq(messages.id, standings.messageId))
        .where(of(message));
      // it was pruned in between
      if (now === undefined && advanced.length === 0) return store.advanceStatus(message, status, at, failure);
      const known = now?.row ? { messageId: now.row.id } : {};
      return advanced.length > 0
        ? { result: "advanced", standing: status, ...known }
        : { result: "stale", standing: now?.status ?? status, ...known };
    },
    // #endregion ladder
    async list(workspaceId, { limit, cursor }) {
      const [at, id] = cursor === undefined ? [] : readCursor(cursor, [0, ""]);
      const after = cursor === undefined ? undefined : sql`(${messages.createdAt}, ${messages.id}) > (${at}, ${id})`;
      const rows = await select()
        .where(and(eq(messages.workspaceId, workspaceId), after))
        .orderBy(messages.createdAt, messages.id)
        .limit(limit + 1);
      return toPage(rows, limit, toMessage, (row) => [row.message.createdAt, row.message.id]);
    },
    async prune(before, limit) {
      return transaction(db, async (tx) => {
        const old = tx.select({ id: messages.id }).from(messages).where(lt(messages.createdAt, before)).limit(limit);
        const gone = await tx.delete(messages).where(inArray(messages.id, old)).returning({ at: messages.createdAt });
        const strays = tx
          .select({ connectionId: standings.connectionId, providerId: standings.providerId })
          .from(standings)
          .where(and(isNull(standings.messageId), lt(standings.at, before)))
          .limit(limit - gone.length);
        const place = sql`(${standings.connectionId}, ${standings.providerId})`;
        const forgotten = await tx.delete(standings).where(sql`${place} in ${strays}`).returning({ at: standings.at });
        return gone.length + forgotten.length;
      });
    },
    async deleteOfConnection(workspaceId, connectionId) {
      await db.delete(messages).where(and(eq(messages.workspaceId, workspaceId), eq(messages.connectionId, connectionId)));
      await db.delete(standings).where(and(eq(standings.connectionId, connectionId), isNull(standings.messageId)));
    },
    async deleteOfWorkspace(workspaceId) {
      await db.delete(messages).where(eq(messages.workspaceId, workspaceId));
    },
  };
  return store;
}

function one(workspaceId: string, id: string): SQL | undefined {
  return and(eq(messages.workspaceId, workspaceId), eq(messages.id, id));
}

function of({ connectionId, providerId }: ProviderMessage): SQL | undefined {
  return and(eq(standings.connectionId, connectionId), eq(standings.providerId, providerId));
}

function toMessage({ message, standing }: Found): MessageRow {
  const { waiting: _, ...row }: MessageRow = message.row;
  return {
    ...row,
    ...(message.waiting && { waiting: true }),
    ...(message.receipt && { receipt: message.receipt }),
    ...(standing && { status: standing.status, statusAt: standing.at }),
    ...(standing?.failure && { failure: standing.failure }),
  };
}
