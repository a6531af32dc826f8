import type { Fence, LeaseStore, RecordStore, TimedValue } from "@wadesk/core/ports";
import { and, eq, gt, inArray, isNull, like, lte, or, type SQL, sql } from "drizzle-orm";
import { keyOf } from "./columns.ts";
import { type Database, transaction } from "./database.ts";
import { readCursor, toPage } from "./pages.ts";
import { leases, records } from "./schema.ts";
import { holdsSession } from "./sessions.ts";

const PAGE = 500;

/** Small values by namespace and key. */
export function drizzleRecords(db: Database, now: () => number): RecordStore {
  const live = (): SQL | undefined => or(isNull(records.expiresAt), gt(records.expiresAt, now()));
  return {
    async get(namespace, keys) {
      if (keys.length === 0) return new Map();
      const ids = keys.map((key) => idOf(namespace, key));
      const rows = await db
        .select()
        .from(records)
        .where(and(inArray(records.id, ids), live()));
      return new Map(rows.map(({ place: [, key], value }) => [key, value]));
    },
    // #region set
    async set(namespace, changes, fence) {
      return transaction(db, async (tx) => {
        if (fence !== undefined && !(await isHeld(tx, fence, now()))) return "fenced";
        const rows = [...changes].flatMap(([key, change]) => (change === undefined ? [] : toRow(namespace, key, change)));
        // in one order everywhere, so that no two calls wait for each other
        const sorted = rows.toSorted((left, right) => (keyOf(left.id) < keyOf(right.id) ? -1 : 1));
        const next = { value: sql`excluded.value`, expiresAt: sql`excluded.expires_at` };
        if (sorted.length > 0) await tx.insert(records).values(sorted).onConflictDoUpdate({ target: records.id, set: next });
        const gone = [...changes].flatMap(([key, change]) => (change === undefined ? idOf(namespace, key) : []));
        if (gone.length > 0) await tx.delete(records).where(inArray(records.id, gone));
        return "written";
      });
    },
    // #endregion set
    async insert(namespace, key, value, expiresAt) {
      const row = toRow(namespace, key, { value, ...(expiresAt !== undefined && { expiresAt }) });
      const inserted = await db
        .insert(records)
        .values(row)
        // one that has expired does not count
        .onConflictDoUpdate({ target: records.id, set: { value, expiresAt: row.expiresAt }, setWhere: lte(records.expiresAt, now()) })
        .returning({ expiresAt: records.expiresAt });
      return inserted.length > 0;
    },
    async take(namespace, key) {
      const [taken] = await db
        .delete(records)
        .where(and(eq(records.id, idOf(namespace, key)), live()))
        .returning({ value: records.value });
      return taken?.value;
    },
    async scan(namespacePrefix, cursor) {
      const after = cursor === undefined ? undefined : sql`${records.id} > ${readCursor(cursor, [""])[0]}`;
      const rows = await db
        .select({ id: records.id, place: records.place, expiresAt: records.expiresAt })
        .from(records)
        .where(and(beginsWith(namespacePrefix), live(), after))
        .orderBy(records.id)
        .limit(PAGE + 1);
      return toPage(
        rows,
        PAGE,
        ({ place: [namespace, key], expiresAt }) => ({ namespace, key, ...(expiresAt !== null && { expiresAt }) }),
        (row) => [row.id],
      );
    },
    async list(namespace, { prefix = "", limit, cursor }) {
      const [name, id] = cursor === undefined ? [] : readCursor(cursor, ["", ""]);
      const after = cursor === undefined ? undefined : sql`(${records.name}, ${records.id}) > (${name}, ${id})`;
      const own = searchable(namespace);
      const inNamespace = and(sql`left(${records.namespace}, 100) = left(${own}, 100)`, eq(records.namespace, own));
      const rows = await db
        .select({ id: records.id, name: records.name, place: records.place, expiresAt: records.expiresAt })
        .from(records)
        .where(and(inNamespace, sql`starts_with(${records.name}, ${searchable(prefix)})`, live(), after))
        .orderBy(records.name, records.id)
        .limit(limit + 1);
      return toPage(
        rows,
        limit,
        ({ place: [, key], expiresAt }) => ({ key, ...(expiresAt !== null && { expiresAt }) }),
        (row) => [row.name, row.id],
      );
    },
    async clear(namespacePrefix) {
      await db.delete(records).where(beginsWith(namespacePrefix));
    },
    async prune(limit) {
      const ended = db.select({ id: records.id }).from(records).where(lte(records.expiresAt, now())).limit(limit);
      const gone = await db.delete(records).where(inArray(records.id, ended)).returning({ expiresAt: records.expiresAt });
      return gone.length;
    },
  };
}

/** Locks that end by themselves. */
export function drizzleLeases(db: Database, now: () => number): LeaseStore {
  return {
    async acquire(name, owner, ttlMs) {
      const until = now() + ttlMs;
      const [lease] = await db
        .insert(leases)
        .values({ name, owner, until, token: 1 })
        .onConflictDoUpdate({
          target: leases.name,
          set: { owner, until, token: sql`${leases.token} + 1` },
          setWhere: lte(leases.until, now()),
        })
        .returning({ token: leases.token });
      return lease && { lease: name, token: lease.token };
    },
    async renew(fence, ttlMs) {
      const until = now() + ttlMs;
      const renewed = await db.update(leases).set({ until }).where(holds(fence, now())).returning({ until: leases.until });
      return renewed.length > 0 ? "renewed" : "lost";
    },
    async release({ lease, token }) {
      await db
        .update(leases)
        .set({ until: 0 })
        .where(and(eq(leases.name, lease), eq(leases.token, token)));
    },
  };
}

// #region fence
/** Whether the lease is held, and nobody else takes it before the transaction has ended. */
async function isHeld(tx: Database, fence: Fence, now: number): Promise<boolean> {
  if (fence.process !== undefined) return holdsSession(tx, fence.lease, fence.process, fence.token, now);
  const held = await tx.select().from(leases).where(holds(fence, now)).for("share");
  return held.length > 0;
}

function holds({ lease, token }: Fence, now: number): SQL | undefined {
  return and(eq(leases.name, lease), eq(leases.token, token), gt(leases.until, now));
}
// #endregion fence

function toRow(namespace: string, key: string, { value, expiresAt }: TimedValue) {
  const place = [namespace, key] as const;
  return { id: idOf(namespace, key), place, namespace: searchable(namespace), name: searchable(key), value, expiresAt: expiresAt ?? null };
}

function idOf(namespace: string, key: string): string {
  return JSON.stringify([namespace, key]);
}

/** The index holds the first hundred letters; what comes after them is compared too. */
function beginsWith(prefix: string): SQL | undefined {
  const text = searchable(prefix);
  const indexed = [...text]
    .slice(0, 100)
    .join("")
    .replace(/[\\%_]/g, "\\$&");
  return and(like(sql`left(${records.namespace}, 100)`, `${indexed}%`), sql`starts_with(${records.namespace}, ${text})`);
}

/** A namespace as PostgreSQL can store it: begins with the same as the namespace does. */
function searchable(namespace: string): string {
  return namespace.replace(/[\\\0\p{Surrogate}]/gu, (character) => `\\${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
