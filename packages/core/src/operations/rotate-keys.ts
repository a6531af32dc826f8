import type { Engine } from "../engine/engine.ts";
import { WadeskError } from "../errors/wadesk-error.ts";
import type { Fence, RecordStore, TimedValue } from "../ports/stores/record-store.ts";
import { messageOf } from "../runtime/live.ts";
import {
  readSettings,
  SETTINGS_NAMESPACE,
  type StoredFields,
  type StoredGroup,
  type StoredSecret,
  type StoredSettings,
  writeSettings,
} from "../settings/stored-settings.ts";
import { forgetOtherKeys } from "../vault/key-checks.ts";
import { SIGNUPS } from "../vault/signup-places.ts";
import { SEALED_VOICES, voiceLock } from "../voices/voice-list.ts";

// what a sealed value is bound to stands in its own header, so rotation needs no knowledge of who wrote it
const SEALED_NAMESPACES = ["secret/", "data-key/", "steps/", SIGNUPS, SEALED_VOICES];

/** Seals one value with the first key, or says that it does not open. */
type Reseal = (sealed: string, place: string) => Promise<string | undefined>;

/**
 * Seals with the first key everything that an older one sealed; answers how many values. Writers of the same values are kept out meanwhile. A value
 * that does not open is logged and passed over, and the end is a rejection that counts them: the older keys must stay.
 */
export async function rotateKeys(engine: Engine): Promise<number> {
  let count = 0;
  let unopened = 0;
  const reseal: Reseal = async (sealed, place) => {
    try {
      return await engine.vault.reseal(sealed);
    } catch (error) {
      unopened += 1;
      engine.runtime.log.error({ place, reason: messageOf(error) }, "a sealed value does not open and keeps its key");
      return undefined;
    }
  };
  for (const prefix of SEALED_NAMESPACES) count += await rotateNamespaces(engine, prefix, reseal);
  count += await rotateSettings(engine, reseal);
  if (unopened > 0)
    throw new WadeskError("encryption_key_unknown", { detail: `${count} values sealed anew, ${unopened} did not open; see the log` });
  await forgetOtherKeys(engine.storage.records, engine.keys);
  return count;
}

async function rotateNamespaces(engine: Engine, prefix: string, reseal: Reseal): Promise<number> {
  let count = 0;
  for (let cursor: string | undefined; ; ) {
    const page = await engine.storage.records.scan(prefix, cursor);
    const byNamespace = new Map<string, Item[]>();
    for (const item of page.items) byNamespace.set(item.namespace, [...(byNamespace.get(item.namespace) ?? []), item]);
    for (const [namespace, items] of byNamespace) {
      count += await engine.locks.during(lockOf(namespace), (fence) => rotateValues(engine, namespace, items, reseal, fence));
    }
    if (page.next === undefined) return count;
    cursor = page.next;
  }
}

function lockOf(namespace: string): string {
  if (namespace.startsWith(SIGNUPS)) return namespace;
  if (namespace.startsWith(SEALED_VOICES)) return voiceLock(namespace.slice(SEALED_VOICES.length));
  return `connection/${namespace.split("/")[1] ?? ""}`;
}

type Item = Awaited<ReturnType<RecordStore["scan"]>>["items"][number];

// what was removed since the scan is absent here, and what was sealed anew is current
async function rotateValues(engine: Engine, namespace: string, items: readonly Item[], reseal: Reseal, fence: Fence): Promise<number> {
  const { records } = engine.storage;
  const values = await records.get(
    namespace,
    items.map(({ key }) => key),
  );
  // when they end may have changed since, too
  const ends = new Map((await records.scan(namespace)).items.map(({ key, expiresAt }) => [key, expiresAt]));
  const changes = new Map<string, TimedValue>();
  for (const { key, expiresAt: before } of items) {
    const expiresAt = ends.has(key) ? ends.get(key) : before;
    const sealed = new TextDecoder().decode(values.get(key));
    if (sealed === "" || engine.vault.isCurrent(sealed)) continue;
    const resealed = await reseal(sealed, namespace);
    if (resealed === undefined) continue;
    changes.set(key, { value: new TextEncoder().encode(resealed), ...(expiresAt !== undefined && { expiresAt }) });
  }
  if (changes.size > 0 && (await records.set(namespace, changes, fence)) === "fenced") throw new WadeskError("lease_lost");
  return changes.size;
}

async function rotateSettings(engine: Engine, reseal: Reseal): Promise<number> {
  let count = 0;
  for (let cursor: string | undefined; ; ) {
    const page = await engine.storage.records.scan(SETTINGS_NAMESPACE, cursor);
    for (const { key } of page.items)
      count += await engine.locks.during(`settings/${key}`, (fence) => rotateSettingsOf(engine, key, reseal, fence));
    if (page.next === undefined) return count;
    cursor = page.next;
  }
}

async function rotateSettingsOf(engine: Engine, key: string, reseal: Reseal, fence: Fence): Promise<number> {
  const { records } = engine.storage;
  const stored = await readSettings<Partial<StoredSettings>>(records, key, {});
  let count = 0;
  const anew = async (at: string, fields: StoredFields["secrets"] = {}): Promise<StoredFields["secrets"]> => {
    const secrets: Record<string, readonly StoredSecret[]> = {};
    for (const [field, list] of Object.entries(fields)) {
      const next: StoredSecret[] = [];
      for (const secret of list) {
        const resealed = engine.vault.isCurrent(secret.sealed) ? undefined : await reseal(secret.sealed, `${key}/${at}${field}`);
        if (resealed !== undefined) count += 1;
        next.push(resealed === undefined ? secret : { ...secret, sealed: resealed });
      }
      secrets[field] = next;
    }
    return secrets;
  };
  const secrets = await anew("", stored.secrets);
  const groups: Record<string, Record<string, StoredGroup>> = {};
  for (const [field, byName] of Object.entries(stored.groups ?? {})) {
    const next: [string, StoredGroup][] = [];
    for (const [name, group] of Object.entries(byName))
      next.push([name, { ...group, secrets: await anew(`${field}.${name}.`, group.secrets) }]);
    groups[field] = Object.fromEntries(next);
  }
  const whole = { ...stored, secrets, ...(stored.groups && { groups }) };
  if (count > 0 && !(await writeSettings(records, key, whole, fence))) throw new WadeskError("lease_lost");
  return count;
}
