import { type Fence, type ListedRecord, type RecordStore, type TimedValue, wholeTime } from "@wadesk/core/ports";
import { pageOf, readCursor } from "../sql/cursor.ts";
import type { Run, SqlDatabase } from "../sql/database.ts";
import { keyText, prefixRange } from "../sql/key-text.ts";
import { HOLDS, holdingOf } from "./leases.ts";
import * as statements from "./record-statements.ts";
import { holdsSession } from "./sessions.ts";

const SCAN_LIMIT = 500;
/** How much one statement writes at most: rows, and UTF-16 units of JSON. */
const MOST_ROWS = 1000;
const MOST_TEXT = 4 * 1024 * 1024;

interface Found {
  readonly namespace: string;
  readonly key: string;
  readonly expiresAt?: number;
}

/** Records in their table. */
export function sqlRecords({ run, write }: SqlDatabase, now: () => Promise<number>): RecordStore {
  const apply = async (on: Run, namespace: string, { puts, deletes }: Batches): Promise<void> => {
    for (const values of puts) await on(statements.PUT, { namespace: keyText(namespace), values });
    for (const keys of deletes) await on(statements.DELETE, { namespace: keyText(namespace), keys });
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
      const [first, ...others] = keys;
      if (first === undefined) return new Map();
      if (others.length === 0) {
        const rows = await run(statements.GET_ONE, { namespace: keyText(namespace), key: keyText(first), now: await now() });
        return new Map(rows.map((row) => [first, new Uint8Array(row.value)]));
      }
      const names = new Map(keys.map((key) => [keyText(key), key]));
      const input = { namespace: keyText(namespace), keys: JSON.stringify([...names.keys()].map((key) => [key])), now: await now() };
      const rows = await run(statements.GET, input);
      return new Map(rows.map((row) => [names.get(row.key) ?? row.key, new Uint8Array(row.value)]));
    },
    async set(namespace, changes, fence) {
      const batches = batchesOfChanges(namespace, changes);
      // what is one statement is one transaction
      if (fence === undefined && batches.puts.length + batches.deletes.length <= 1) {
        await apply(run, namespace, batches);
        return "written";
      }
      return write(async (on) => {
        if (fence !== undefined && !(await holds(on, fence, await now()))) return "fenced";
        await apply(on, namespace, batches);
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
    async list(namespace, { prefix = "", limit, cursor }) {
      const { from, until, exact } = prefixRange(prefix);
      const [key] = readCursor(cursor, [""] as const);
      const input = { namespace: keyText(namespace), key, from, until, now: await now(), limit: limit + 1 };
      // the empty key is the first one, and after no other
      const rows = await run(cursor === undefined ? statements.LIST : statements.LIST_AFTER, input);
      const page = pageOf(rows, limit, toListed, (row) => [row.key]);
      return exact ? page : { ...page, items: page.items.filter(({ key }) => key.startsWith(prefix)) };
    },
    async clear(prefix) {
      const range = prefixRange(prefix);
      if (range.exact) return void (await run(statements.CLEAR, range));
      for (let cursor: string | undefined; ; ) {
        const { items, next } = await scanFrom(prefix, cursor);
        for (const { namespace, key } of items) await apply(run, namespace, batchesOfChanges(namespace, new Map([[key, undefined]])));
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

/** Rows of what is put (key, hexadecimals, end and name) and of the keys that are deleted, in batches. */
interface Batches {
  readonly puts: readonly string[];
  readonly deletes: readonly string[];
}

// in the order of their keys, so that two that write the same ones do not wait for each other in a ring
function batchesOfChanges(namespace: string, changes: ReadonlyMap<string, TimedValue | undefined>): Batches {
  const sorted = [...changes].map(([key, value]) => ({ key, stored: keyText(key), value })).sort((a, b) => (a.stored < b.stored ? -1 : 1));
  const puts = sorted.flatMap(({ key, stored, value }) =>
    value === undefined ? [] : [[stored, toHex(value.value), endOf(value.expiresAt), nameOf(namespace, key)]],
  );
  const deletes = sorted.flatMap(({ stored, value }) => (value === undefined ? [[stored]] : []));
  return { puts: batchesOf(puts), deletes: batchesOf(deletes) };
}

/** Rows as JSON arrays for one parameter each, none of which a database has trouble with, however large the rows are together. */
function batchesOf(rows: readonly (readonly (string | number | undefined)[])[]): readonly string[] {
  const batches: string[][] = [];
  let size = 0;
  for (const row of rows) {
    const text = JSON.stringify(row);
    const current = batches.at(-1);
    size += text.length;
    if (current !== undefined && current.length < MOST_ROWS && size <= MOST_TEXT) current.push(text);
    else {
      batches.push([text]);
      size = text.length;
    }
  }
  return batches.map((batch) => `[${batch.join(",")}]`);
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

function toListed(row: Omit<statements.NameRow, "namespace">): ListedRecord {
  const { namespace: _, ...listed } = toFound({ namespace: "", ...row });
  return listed;
}

function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");
}
