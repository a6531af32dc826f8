import { WadeskError } from "../errors/wadesk-error.ts";
import type { RecordStore } from "../ports/stores/record-store.ts";
import type { KeyRing } from "./keys.ts";
import type { Vault } from "./vault.ts";

const NAMESPACE = "key-check/";
// more than ever fail to open side by side where the key is right
const LOOKED_AT = 20;

/**
 * Sees that each key is the one that its id stood for before, by a value that the key sealed when it was new. Rejects with `sealed_value_invalid` where
 * it is another: known when the client starts, and not by the first connection that does not open.
 */
export async function checkKeys(records: RecordStore, vault: Vault, { first, byId }: KeyRing): Promise<void> {
  const stored = await records.get(NAMESPACE, [...byId.keys()]);
  for (const [id, value] of stored) {
    if (!(await vault.opens(textOf(value), NAMESPACE + id))) throw otherKey(id);
  }
  if (stored.has(first.id) || !(await mayVouch(records, vault))) return;
  const sealed = new TextEncoder().encode(await vault.seal("", NAMESPACE + first.id));
  // where nothing can be written, as while the disk is full, the next start writes it down
  const written = await records.insert(NAMESPACE, first.id, sealed).catch(() => true);
  // another process was first, perhaps with another key
  if (!written) await checkKeys(records, vault, { first, byId });
}

/** Forgets what keys sealed that are in use no more, so that an id may be given again. */
export async function forgetOtherKeys(records: RecordStore, { first }: KeyRing): Promise<void> {
  const { items } = await records.list(NAMESPACE, { limit: 100 });
  const others = items.filter(({ key }) => key !== first.id);
  if (others.length > 0) await records.set(NAMESPACE, new Map(others.map(({ key }) => [key, undefined])));
}

function otherKey(id: string): WadeskError {
  return new WadeskError("sealed_value_invalid", {
    detail: `key ${id} is not the ${id} that sealed what is stored; put that one back, and a new one under an id of its own in front of it`,
  });
}

// a wrong key must not become the right one of credentials that an earlier version sealed: there it vouches that opens one of them
async function mayVouch(records: RecordStore, vault: Vault): Promise<boolean> {
  const { items } = await records.scan("secret/");
  const values = await Promise.all(items.slice(0, LOOKED_AT).map(({ namespace, key }) => records.get(namespace, [key])));
  const sealed = values.flatMap((found) => [...found.values()].map(textOf)).filter(vault.isCurrent);
  const opens = await Promise.all(sealed.map((each) => vault.opens(each)));
  return sealed.length === 0 || opens.includes(true);
}

function textOf(value: Uint8Array): string {
  return new TextDecoder().decode(value);
}
