import type { SealedRecords } from "@wadesk/core/ports";

/** Records in memory, which count what is asked of them. */
export interface MemoryRecords extends SealedRecords {
  readonly rows: Map<string, Uint8Array>;
  /** The keys of each transaction. */
  readonly written: string[][];
  /** The keys of each reading. */
  readonly read: string[][];
  /** From now on writing fails with this; `undefined` mends it. */
  breakWith(error: Error | undefined): void;
}

/** Empty records. */
export function memoryRecords(): MemoryRecords {
  const rows = new Map<string, Uint8Array>();
  const written: string[][] = [];
  const read: string[][] = [];
  let broken: Error | undefined;
  return {
    rows,
    written,
    read,
    breakWith(error) {
      broken = error;
    },
    async get(keys) {
      read.push([...keys]);
      return new Map(keys.flatMap((key) => (rows.has(key) ? [[key, rows.get(key) ?? new Uint8Array()] as const] : [])));
    },
    async set(changes) {
      // a turn of the event loop, as a database takes it
      await new Promise((resolve) => setImmediate(resolve));
      if (broken !== undefined) throw broken;
      written.push([...changes.keys()]);
      for (const [key, change] of changes) {
        if (change === undefined) rows.delete(key);
        else rows.set(key, change instanceof Uint8Array ? change : change.value);
      }
    },
    async list({ prefix = "" }) {
      const keys = [...rows.keys()].filter((key) => key.startsWith(prefix)).sort();
      return { items: keys.map((key) => ({ key })) };
    },
    async clear() {
      rows.clear();
    },
  };
}
