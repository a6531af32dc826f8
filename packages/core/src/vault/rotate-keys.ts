import type { Engine } from "../client/engine.ts";
import { WadeskError } from "../errors/wadesk-error.ts";
import type { Fence } from "../ports/stores/record-store.ts";
import { readSettings, SETTINGS_NAMESPACE, type StoredSecret, type StoredSettings, writeSettings } from "../settings/stored-settings.ts";

// what a sealed value is bound to stands in its own header, so rotation needs no knowledge of who wrote it
const SEALED_NAMESPACES = ["secret/", "data-key/", "steps/"];

/** Seals with the first key everything that an older one sealed; answers how many values. Writers of the same values are kept out meanwhile. */
export async function rotateKeys(engine: Engine): Promise<number> {
  let count = 0;
  for (const prefix of SEALED_NAMESPACES) count += await rotateNamespaces(engine, prefix);
  return count + (await rotateSettings(engine));
}

async function rotateNamespaces(engine: Engine, prefix: string): Promise<number> {
  const { records } = engine.storage;
  let count = 0;
  for (let cursor: string | undefined; ; ) {
    const page = await records.scan(prefix, cursor);
    for (const { namespace, key, expiresAt } of page.items) {
      const connectionId = namespace.split("/")[1] ?? "";
      count += await engine.locks.during(`connection/${connectionId}`, (fence) => rotateOne(engine, { namespace, key, expiresAt }, fence));
    }
    if (page.next === undefined) return count;
    cursor = page.next;
  }
}

interface Place {
  readonly namespace: string;
  readonly key: string;
  readonly expiresAt: number | undefined;
}

async function rotateOne(engine: Engine, { namespace, key, expiresAt }: Place, fence: Fence): Promise<number> {
  const { records } = engine.storage;
  const value = (await records.get(namespace, [key])).get(key);
  if (value === undefined) return 0;
  const sealed = new TextDecoder().decode(value);
  if (engine.vault.isCurrent(sealed)) return 0;
  const next = { value: new TextEncoder().encode(await engine.vault.reseal(sealed)), ...(expiresAt !== undefined && { expiresAt }) };
  if ((await records.set(namespace, new Map([[key, next]]), fence)) === "fenced") throw new WadeskError("lease_lost");
  return 1;
}

async function rotateSettings(engine: Engine): Promise<number> {
  const { items } = await engine.storage.records.scan(SETTINGS_NAMESPACE);
  let count = 0;
  for (const { key } of items) count += await engine.locks.during(`settings/${key}`, (fence) => rotateSettingsOf(engine, key, fence));
  return count;
}

async function rotateSettingsOf(engine: Engine, key: string, fence: Fence): Promise<number> {
  const { records } = engine.storage;
  const stored = await readSettings<Partial<StoredSettings>>(records, key, {});
  let count = 0;
  const secrets: Record<string, readonly StoredSecret[]> = {};
  for (const [field, list] of Object.entries(stored.secrets ?? {})) {
    const old = list.filter(({ sealed }) => !engine.vault.isCurrent(sealed));
    count += old.length;
    secrets[field] = await Promise.all(
      list.map(async (secret) => (old.includes(secret) ? { ...secret, sealed: await engine.vault.reseal(secret.sealed) } : secret)),
    );
  }
  if (count > 0 && !(await writeSettings(records, key, { ...stored, secrets }, fence))) throw new WadeskError("lease_lost");
  return count;
}
