import type { Engine } from "../client/engine.ts";
import type { Connection } from "../model/connection.ts";
import type { Fence, TimedValue } from "../ports/stores/record-store.ts";
import { holderNamespace, type Speaker, sealedNamespace, type Voice, voiceBinding, writeVoices } from "./voice-list.ts";

/** Connections that hold one secret, by its text. */
export type Holders = ReadonlyMap<string, readonly Pick<Connection, "id" | "workspaceId">[]>;

/** Enters secrets and who holds them into the list of a speaker, each secret once. Under the list's lock; answers the list as it then stands. */
export async function enterVoices(
  engine: Engine,
  of: Speaker,
  list: readonly Voice[],
  holders: Holders,
  fence: Fence,
): Promise<readonly Voice[]> {
  const { records } = engine.storage;
  const texts = await openVoices(engine, of, list);
  const next = new Map(list.map((voice) => [voice.id, voice]));
  for (const [text, rows] of holders) {
    const [first] = rows;
    if (first === undefined) continue;
    const known = list.find(({ id }) => texts.get(id) === text);
    const id = known?.id ?? engine.runtime.randomId();
    // holders before the list: one that the list does not know is found when its connection goes
    const names = rows.map((row): [string, TimedValue] => [row.id, { value: new TextEncoder().encode(row.workspaceId) }]);
    await records.set(holderNamespace(of, id), new Map(names));
    if (known === undefined || known.until !== undefined) {
      const sealed = await engine.vault.seal(text, voiceBinding(of));
      await records.set(sealedNamespace(of), new Map([[id, { value: new TextEncoder().encode(sealed) }]]));
    }
    const witness = known?.until === undefined ? known?.witness : undefined;
    next.set(id, { id, witness: witness ?? { workspaceId: first.workspaceId, connectionId: first.id } });
  }
  const entered = [...next.values()];
  await writeVoices(engine, of, entered, fence);
  return entered;
}

/** The secrets of a list by the ids of their voices, as far as they open. */
export async function openVoices(
  { storage, vault }: Pick<Engine, "storage" | "vault">,
  of: Speaker,
  list: readonly Voice[],
): Promise<ReadonlyMap<string, string>> {
  const opened = new Map<string, string>();
  const ids = list.map(({ id }) => id);
  for (const [id, sealed] of await storage.records.get(sealedNamespace(of), ids)) {
    const text = await vault.open(new TextDecoder().decode(sealed), voiceBinding(of)).catch(() => undefined);
    if (text !== undefined) opened.set(id, text);
  }
  return opened;
}
