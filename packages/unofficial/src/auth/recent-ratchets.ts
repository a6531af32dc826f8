/** The ratchets that were moved last, as they were written: the next message in the same chat needs them again. */
export interface RecentRatchets {
  /** What was written of a key; nothing where that is not known. */
  read(type: string, record: string): { readonly value: unknown } | undefined;
  /** Notes what is written; `null` or nothing deletes. */
  note(type: string, record: string, value: unknown): void;
  forget(): void;
}

const TYPES: ReadonlySet<string> = new Set(["session", "sender-key"]);
/** A record of sessions takes a few kilobytes, and a process may keep hundreds of numbers. */
const MOST = 16;

/** Those of one device. Only who holds its lease writes them, so that what was written last is what is stored. */
export function recentRatchets(): RecentRatchets {
  const kept = new Map<string, unknown>();
  return {
    read: (type, record) => (TYPES.has(type) && kept.has(record) ? { value: kept.get(record) } : undefined),
    note(type, record, value) {
      if (!TYPES.has(type)) return;
      kept.delete(record);
      if (!value) return;
      kept.set(record, value);
      if (kept.size > MOST) kept.delete(kept.keys().next().value ?? "");
    },
    forget: () => kept.clear(),
  };
}
