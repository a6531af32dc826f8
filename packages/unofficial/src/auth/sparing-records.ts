import { createHash } from "node:crypto";
import type { SealedRecords, TimedValue } from "@wadesk/core/ports";
import { CREDENTIALS_KEY, recordOf } from "./record-values.ts";

/** What Baileys 7.0.0-rc14 writes with each login though nothing of it has changed, by how its records are called. */
const OFTEN_THE_SAME = [recordOf("device-list", ""), recordOf("lid-mapping", "")] as const;

type Values = ReadonlyMap<string, Uint8Array | TimedValue | undefined>;

/**
 * Records in which what is stored already is not written again: the credentials, of which it is known what was read or written last, and small keys that are looked up
 * first. A login of a number whose credentials are as they were writes nothing then. For the one session that has the lease, so that nobody else writes meanwhile.
 */
export function sparingRecords(records: SealedRecords): SealedRecords {
  /** A digest of the credentials, where it is known what is stored. */
  let known: string | undefined;

  const unchanged = async (values: Values): Promise<ReadonlySet<string>> => {
    const same = new Set<string>();
    const credentials = values.get(CREDENTIALS_KEY);
    if (credentials instanceof Uint8Array && digestOf(credentials) === known) same.add(CREDENTIALS_KEY);
    const others = [...values.keys()].filter((key) => key !== CREDENTIALS_KEY);
    // where something else is written anyway, these cost nothing
    if (others.length === 0 || !others.every((key) => OFTEN_THE_SAME.some((start) => key.startsWith(start)))) return same;
    const stored = await records.get(others);
    for (const key of others) {
      const [value, before] = [values.get(key), stored.get(key)];
      if (value instanceof Uint8Array && before !== undefined && Buffer.from(before).equals(value)) same.add(key);
    }
    return same;
  };

  return {
    ...records,
    async get(keys) {
      const found = await records.get(keys);
      const credentials = found.get(CREDENTIALS_KEY);
      if (credentials !== undefined) known = digestOf(credentials);
      return found;
    },
    async set(values) {
      const same = await unchanged(values);
      const changes = same.size === 0 ? values : new Map([...values].filter(([key]) => !same.has(key)));
      if (changes.size === 0) return;
      const credentials = changes.get(CREDENTIALS_KEY);
      // one whose write fails may be stored or not
      if (changes.has(CREDENTIALS_KEY)) known = undefined;
      await records.set(changes);
      if (credentials instanceof Uint8Array) known = digestOf(credentials);
    },
    async clear() {
      known = undefined;
      await records.clear();
    },
  };
}

function digestOf(value: Uint8Array): string {
  return createHash("sha256").update(value).digest("base64");
}
