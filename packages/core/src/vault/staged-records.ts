import { isWadeskError, WadeskError } from "../errors/wadesk-error.ts";
import { pagesOf } from "../ports/stores/pages-of.ts";
import type { Fence, RecordStore, TimedValue } from "../ports/stores/record-store.ts";
import { recordNamespace, stagedNamespace } from "./sealed-records.ts";

/**
 * Puts the records of a number that was paired again in the place of its former ones, in one change set: whoever reads finds the ones or the others
 * whole. They are sealed alike, so none is opened. Rejects with `lease_lost`. The answer puts the former ones back.
 */
export async function swapStaged(records: RecordStore, connectionId: string, fence: Fence): Promise<() => Promise<void>> {
  const [own, apart] = [recordNamespace(connectionId), stagedNamespace(connectionId)];
  const former = await readAll(records, own);
  const staged = await readAll(records, apart);
  const write = async (values: ReadonlyMap<string, TimedValue>, before: ReadonlyMap<string, TimedValue>): Promise<void> => {
    const gone = [...before.keys()].filter((key) => !values.has(key)).map((key) => [key, undefined] as const);
    if ((await records.set(own, new Map([...gone, ...values]), fence)) === "fenced") throw new WadeskError("lease_lost");
  };
  const putBack = (): Promise<void> => write(former, staged);
  try {
    await write(staged, former);
  } catch (error) {
    // the answer alone may have been lost
    if (!isWadeskError(error)) await putBack().catch(() => {});
    throw error;
  }
  return putBack;
}

async function readAll(records: RecordStore, namespace: string): Promise<ReadonlyMap<string, TimedValue>> {
  const ends = new Map<string, number | undefined>();
  for await (const item of pagesOf(({ cursor }) => records.scan(namespace, cursor)))
    if (item.namespace === namespace) ends.set(item.key, item.expiresAt);
  const found = new Map<string, TimedValue>();
  for (const [key, value] of await records.get(namespace, [...ends.keys()])) {
    const expiresAt = ends.get(key);
    found.set(key, { value, ...(expiresAt !== undefined && { expiresAt }) });
  }
  return found;
}
