import type { Fence, ListedRecord, RecordStore, TimedValue } from "../ports/stores/record-store.ts";
import { wholeTime } from "../time/whole-time.ts";
import { pageOf } from "./page-of.ts";

/** Records in a map of maps. */
export function memoryRecords(now: () => number, holds: (fence: Fence) => boolean): RecordStore {
  const namespaces = new Map<string, Map<string, TimedValue>>();

  const live = (namespace: string, key: string): TimedValue | undefined => {
    const found = namespaces.get(namespace)?.get(key);
    if (found?.expiresAt === undefined || found.expiresAt > now()) return found;
    namespaces.get(namespace)?.delete(key);
    return undefined;
  };
  const put = (namespace: string, key: string, { value, expiresAt }: TimedValue): void => {
    const room = namespaces.get(namespace) ?? new Map<string, TimedValue>();
    namespaces.set(namespace, room);
    room.set(key, { value: value.slice(), ...(expiresAt !== undefined && { expiresAt: wholeTime(expiresAt) }) });
  };

  return {
    async get(namespace, keys) {
      const found = new Map<string, Uint8Array>();
      for (const key of keys) {
        const value = live(namespace, key)?.value;
        if (value !== undefined) found.set(key, value.slice());
      }
      return found;
    },
    async set(namespace, changes, fence) {
      if (fence !== undefined && !holds(fence)) return "fenced";
      for (const [key, value] of changes) {
        if (value === undefined) namespaces.get(namespace)?.delete(key);
        else put(namespace, key, value);
      }
      return "written";
    },
    async insert(namespace, key, value, expiresAt) {
      if (live(namespace, key) !== undefined) return false;
      put(namespace, key, { value, ...(expiresAt !== undefined && { expiresAt }) });
      return true;
    },
    async take(namespace, key) {
      const value = live(namespace, key)?.value;
      namespaces.get(namespace)?.delete(key);
      return value?.slice();
    },
    async scan(namespacePrefix) {
      const items = [...namespaces]
        .filter(([namespace]) => namespace.startsWith(namespacePrefix))
        .flatMap(([namespace, room]) => [...room.keys()].map((key) => ({ namespace, key, entry: live(namespace, key) })))
        .flatMap(({ namespace, key, entry }) =>
          entry === undefined ? [] : [{ namespace, key, ...(entry.expiresAt !== undefined && { expiresAt: entry.expiresAt }) }],
        );
      return { items };
    },
    async list(namespace, { prefix = "", ...page }) {
      const keys = [...(namespaces.get(namespace)?.keys() ?? [])].filter((key) => key.startsWith(prefix));
      const items = keys.flatMap((key): ListedRecord[] => {
        const entry = live(namespace, key);
        return entry === undefined ? [] : [{ key, ...(entry.expiresAt !== undefined && { expiresAt: entry.expiresAt }) }];
      });
      return pageOf(items, ({ key }) => [bytewise(key)], page);
    },
    async clear(namespacePrefix) {
      for (const namespace of namespaces.keys()) if (namespace.startsWith(namespacePrefix)) namespaces.delete(namespace);
    },
    async prune(limit) {
      let count = 0;
      for (const [namespace, room] of namespaces) {
        for (const key of room.keys()) {
          if (count >= limit) return count;
          if (live(namespace, key) === undefined) count += 1;
        }
        if (room.size === 0) namespaces.delete(namespace);
      }
      return count;
    },
  };
}

/** A text whose UTF-16 units are in the order of the UTF-8 bytes of another one. */
function bytewise(text: string): string {
  return text.replace(/[\ud800-\uffff]/g, (unit) => {
    const code = unit.charCodeAt(0);
    return String.fromCharCode(code < 0xe000 ? code + 0x2000 : code - 0x800);
  });
}
