/** What Baileys keeps in memory for a while, by a key. */
export interface BoundedCache {
  get<Value>(key: string): Value | undefined;
  set<Value>(key: string, value: Value): void;
  del(key: string): void;
  flushAll(): void;
  mget<Value>(keys: string[]): Promise<Record<string, Value | undefined>>;
  mset<Value>(entries: { key: string; value: Value }[]): Promise<void>;
}

/** How much of it is kept, and for how many milliseconds. */
export interface CacheBounds {
  readonly most: number;
  readonly lifeMs: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Keeps the most recently used; without a timer. Baileys' own are bounded by time alone. */
export function boundedCache({ most, lifeMs, now }: CacheBounds): BoundedCache {
  const kept = new Map<string, { readonly value: unknown; readonly until: number }>();
  const get = <Value>(key: string): Value | undefined => {
    const found = kept.get(key);
    if (found === undefined) return undefined;
    kept.delete(key);
    if (found.until <= now()) return undefined;
    // the newest stand last
    kept.set(key, found);
    return found.value as Value;
  };
  const set = (key: string, value: unknown): void => {
    kept.delete(key);
    kept.set(key, { value, until: now() + lifeMs });
    if (kept.size > most) kept.delete(kept.keys().next().value ?? "");
  };
  return {
    get,
    set,
    del: (key) => void kept.delete(key),
    flushAll: () => kept.clear(),
    mget: async <Value>(keys: string[]) => Object.fromEntries(keys.map((key) => [key, get<Value>(key)])),
    mset: async (entries) => {
      for (const { key, value } of entries) set(key, value);
    },
  };
}
