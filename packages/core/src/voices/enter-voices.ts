import type { Engine } from "../engine/engine.ts";
import type { Connection } from "../model/connection.ts";
import type { Fence, TimedValue } from "../ports/stores/record-store.ts";
import { forgetVoice, holderNamespace, type Speaker, sealedNamespace, type Voice, voiceBinding, writeVoices } from "./voice-list.ts";

/** How many distinct secrets one speaker may have. A vendor signs with one or two of an account at a time. */
const MOST_VOICES = 50;

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
    // the secret first and the list last: what a process that ends in between leaves is found by its secret when a connection goes
    if (known === undefined || known.until !== undefined) {
      const sealed = await engine.vault.seal(text, voiceBinding(of));
      await records.set(sealedNamespace(of), new Map([[id, { value: new TextEncoder().encode(sealed) }]]));
    }
    const names = rows.map((row): [string, TimedValue] => [row.id, { value: new TextEncoder().encode(row.workspaceId) }]);
    await records.set(holderNamespace(of, id), new Map(names));
    const witness = known?.until === undefined ? known?.witness : undefined;
    // the last that was entered is the last that goes
    next.delete(id);
    next.set(id, { id, witness: witness ?? { workspaceId: first.workspaceId, connectionId: first.id } });
  }
  const { kept, over } = withinBounds([...next.values()]);
  await writeVoices(engine, of, kept, fence);
  for (const { id } of over) await forgetVoice(engine, of, id);
  const lost = over.filter(({ until }) => until === undefined).length;
  // nobody would look for the reason of a connection that hears nothing
  if (lost > 0)
    engine.runtime.log.error(
      { channel: of.kind, speaker: of.speaker, lost, most: MOST_VOICES },
      "more secrets of one account sign than are kept: the oldest verify nothing; give its connections one secret",
    );
  return kept;
}

// each costs a forged request one comparison, and whoever owns an account can make new tokens all day
function withinBounds(list: readonly Voice[]): { readonly kept: readonly Voice[]; readonly over: readonly Voice[] } {
  const replaced = list.filter(({ until }) => until !== undefined).sort((left, right) => (left.until ?? 0) - (right.until ?? 0));
  const sorted = [...replaced, ...list.filter(({ until }) => until === undefined)];
  return { kept: sorted.slice(-MOST_VOICES), over: sorted.slice(0, -MOST_VOICES) };
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
