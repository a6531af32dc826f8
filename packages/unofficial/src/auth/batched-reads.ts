import type { SealedRecords } from "@wadesk/core/ports";

/** Reads values by their keys; what is asked for in the same turn is read by one statement. */
export function batchedReads(records: Pick<SealedRecords, "get">): SealedRecords["get"] {
  let next: { readonly keys: Set<string>; readonly found: Promise<ReadonlyMap<string, Uint8Array>> } | undefined;
  const begin = () => {
    const keys = new Set<string>();
    const found = Promise.resolve().then(() => {
      next = undefined;
      return records.get([...keys]);
    });
    return { keys, found };
  };
  return (keys) => {
    next ??= begin();
    for (const key of keys) next.keys.add(key);
    return next.found;
  };
}
