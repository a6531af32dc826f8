import { type Fence, type RecordStore, type TimedValue, wholeTime } from "@wadesk/core";
import { pageOf, readCursor } from "../sql/cursor.ts";
import type { Run, SqlDatabase } from "../sql/database.ts";
import { keyText, prefixRange } from "../sql/key-text.ts";
import { HOLDS, holdingOf } from "./leases.ts";
import * as statements from "./record-statements.ts";
import { holdsSession } from "./sessions.ts";

const SCAN_LIMIT = 500;

interface Found {
  readonly namespace: string;
  readonly key: string;
  readonly expiresAt?: number;
}

/** Records in their table. */
export function sqlRecords({ run, write }: SqlDatabase, now: () => Promise<number>): RecordStore {
  const apply = async (on: Run, namespace: string, { puts, deletes }: Changes): Promise<void> => {
    if (puts.length > 0) await on(statements.PUT, { namespace: keyText(namespace), values: JSON.stringify(puts) });
    if (deletes.length > 0) await on(statements.DELETE, { namespace: keyText(namespace), keys: JSON.stringify(deletes) });
  };
  const scanFrom: RecordStore["scan"] = async (prefix, cursor) => {
    const { from, until, exact } = prefixRange(prefix);
    const [namespace, key] = readCursor(cursor, ["", ""] as const);
    const rows = await run(statements.SCAN, { namespace, key, from, until, now: await now(), limit: SCAN_LIMIT + 1 });
    const page = pageOf(rows, SCAN_LIMIT, toFound, (row) => [row.namespace, row.key]);
    return exact ? page : { ...page, items: page.items.filter((item) => item.namespace.startsWith(prefix)) };
  };

  return {
    async get(namespace, keys) {
      if (keys.length === 0) return new Map();
      const names = new Map(keys.map((key) => [keyText(key), key]));
      const input = { namespace: keyText(namespace), keys: JSON.stringify([...names.keys()].map((key) => [key])), now: await now() };
      const rows = await run(statements.GET, input);
      return new Map(rows.map((row) => [names.get(row.key) ?? row.key, new Uint8Array(row.value)]));
    },
    async set(namespace, changes, fence) {
      const sorted = sortedChanges(namespace, changes);
      if (fence === undefined && (sorted.puts.length === 0 || sorted.deletes.length === 0)) {
        await apply(run, namespace, sorted);
        return "written";
      }
      return write(async (on) => {
        if (fence !== undefined && !(await holds(on, fence, await now()))) return "fenced";
        await apply(on, namespace, sorted);
        return "written";
      });
    },
    async insert(namespace, key, value, expiresAt) {
      const place = { namespace: keyText(namespace), key: keyText(key), name: nameOf(namespace, key) };
      const [inserted] = await run(statements.INSERT, { ...place, value: toHex(value), expiresAt: endOf(expiresAt), now: await now() });
      return inserted !== undefined;
    },
    async take(namespace, key) {
      const [row] = await run(statements.TAKE, { namespace: keyText(namespace), key: keyText(key) });
      const over = row === undefined || (row.expires_at !== null && Number(row.expires_at) <= (await now()));
      return over ? undefined : new Uint8Array(row.value);
    },
    scan: scanFrom,
    async clear(prefix) {
      const range = prefixRange(prefix);
      if (range.exact) return void (await run(statements.CLEAR, range));
      for (let cursor: string | undefined; ; ) {
        const { items, next } = await scanFrom(prefix, cursor);
        for (const { namespace, key } of items) await apply(run, namespace, { puts: [], deletes: [[keyText(key)]] });
        if (next === undefined) return;
        cursor = next;
      }
    },
    prune: async (limit) => (await run(statements.PRUNE, { now: await now(), limit })).length,
  };
}

async function holds(on: Run, fence: Fence, now: number): Promise<boolean> {
  if (fence.process !== undefined) return holdsSession(on, fence.lease, fence.process, fence.token, now);
  return (await on(HOLDS, holdingOf(fence, now))).length > 0;
}

interface Changes {
  readonly puts: readonly (readonly [key: string, hex: string, expiresAt: number | undefined, name: string | undefined])[];
  readonly deletes: readonly (readonly [key: string])[];
}

// in the order of their keys, so that two that write the same ones do not wait for each other in a ring
function sortedChanges(namespace: string, changes: ReadonlyMap<string, TimedValue | undefined>): Changes {
  const sorted = [...changes].map(([key, value]) => ({ key, stored: keyText(key), value })).sort((a, b) => (a.stored < b.stored ? -1 : 1));
  return {
    puts: sorted.flatMap(({ key, stored, value }) =>
      value === undefined ? [] : [[stored, toHex(value.value), endOf(value.expiresAt), nameOf(namespace, key)] as const],
    ),
    deletes: sorted.flatMap(({ stored, value }) => (value === undefined ? [[stored] as const] : [])),
  };
}

function endOf(expiresAt: number | undefined): number | undefined {
  return expiresAt === undefined ? undefined : wholeTime(expiresAt);
}

// kept only where the stored texts do not say it
function nameOf(namespace: string, key: string): string | undefined {
  return keyText(namespace) === namespace && keyText(key) === key ? undefined : JSON.stringify([namespace, key]);
}

function toFound({ namespace, key, name, expires_at }: statements.NameRow): Found {
  const [ownNamespace, ownKey] = name === null ? [namespace, key] : (JSON.parse(name) as [string, string]);
  return { namespace: ownNamespace, key: ownKey, ...(expires_at !== null && { expiresAt: Number(expires_at) }) };
}

function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");
}
