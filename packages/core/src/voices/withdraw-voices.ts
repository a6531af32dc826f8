import type { Engine } from "../engine/engine.ts";
import type { Connection } from "../model/connection.ts";
import type { RecordStore } from "../ports/stores/record-store.ts";
import { rowsOf } from "./build-voices.ts";
import { openVoices } from "./enter-voices.ts";
import {
  forgetList,
  forgetVoice,
  type Holder,
  holderNamespace,
  readVoices,
  type Speaker,
  sealedNamespace,
  speakerPath,
  type Voice,
  voiceLock,
  writeVoices,
} from "./voice-list.ts";

/** What a connection goes on to hold, and until when it still holds the rest, in milliseconds since the epoch. */
export interface Remainder {
  readonly texts: readonly string[];
  readonly endsAt: number;
}

/** Takes a connection out of the voices of a speaker, at once or when the time comes. A secret that nobody holds any more is forgotten. */
export async function withdraw(
  engine: Engine,
  of: Speaker,
  row: Pick<Connection, "id" | "workspaceId">,
  remainder?: Remainder,
): Promise<void> {
  if (!(await hasAny(engine, of))) return;
  await engine.locks.during(voiceLock(speakerPath(of)), async (fence) => {
    const list = await readVoices(engine, of);
    await forgetUnlisted(engine, of, list ?? []);
    // an empty one would pass for the whole
    if (list === undefined) return;
    const texts = remainder === undefined ? new Map<string, string>() : await openVoices(engine, of, list);
    // one that does not open may be what it goes on to hold only where that is not found in one that does
    const there = new Set(texts.values());
    const allThere = remainder?.texts.every((text) => there.has(text)) ?? true;
    const next: Voice[] = [];
    for (const voice of list) {
      const text = texts.get(voice.id);
      const stays = remainder !== undefined && (text === undefined ? !allThere : remainder.texts.includes(text));
      const kept = stays ? voice : await withoutHolder(engine, of, voice, row, remainder?.endsAt);
      if (kept !== undefined) next.push(kept);
    }
    // an empty one keeps those who hold nothing from being read; without any of them it would be left for good
    const isLast = next.length === 0 && (await rowsOf(engine, of)).every(({ id }) => id === row.id);
    await (isLast ? forgetList(engine, of, fence) : writeVoices(engine, of, next, fence));
  });
}

async function hasAny(engine: Engine, of: Speaker): Promise<boolean> {
  if ((await readVoices(engine, of)) !== undefined) return true;
  return (await engine.storage.records.scan(sealedNamespace(of))).items.length > 0;
}

// of a process that ended between a secret and the list: nobody else would ever come upon it
async function forgetUnlisted(engine: Engine, of: Speaker, list: readonly Voice[]): Promise<void> {
  const listed = new Set(list.map(({ id }) => id));
  const { items } = await engine.storage.records.scan(sealedNamespace(of));
  for (const { key } of items) if (!listed.has(key)) await forgetVoice(engine, of, key);
}

async function withoutHolder(
  { storage: { records } }: Engine,
  of: Speaker,
  voice: Voice,
  row: Pick<Connection, "id" | "workspaceId">,
  endsAt: number | undefined,
): Promise<Voice | undefined> {
  const namespace = holderNamespace(of, voice.id);
  const value = (await records.get(namespace, [row.id])).get(row.id);
  const isWitness = voice.witness.connectionId === row.id;
  if (value === undefined && !isWitness) return voice;
  if (endsAt === undefined || value === undefined) await records.set(namespace, new Map([[row.id, undefined]]));
  else if (!(await isTimed(records, namespace, row.id))) await records.set(namespace, new Map([[row.id, { value, expiresAt: endsAt }]]));
  const { lasting, last, until } = await restOf(records, namespace);
  const sealed = (await records.get(sealedNamespace(of), [voice.id])).get(voice.id);
  const heir = lasting ?? last;
  if (heir === undefined || sealed === undefined) {
    await records.set(sealedNamespace(of), new Map([[voice.id, undefined]]));
    return undefined;
  }
  const witness = isWitness ? heir : voice.witness;
  if (lasting !== undefined || until === undefined) return { id: voice.id, witness };
  await records.set(sealedNamespace(of), new Map([[voice.id, { value: sealed, expiresAt: until }]]));
  return { id: voice.id, witness: heir, until };
}

async function isTimed(records: RecordStore, namespace: string, id: string): Promise<boolean> {
  for (let cursor: string | undefined; ; ) {
    const page = await records.scan(namespace, cursor);
    const found = page.items.find(({ key }) => key === id);
    if (found !== undefined || page.next === undefined) return found?.expiresAt !== undefined;
    cursor = page.next;
  }
}

interface Rest {
  /** One whose present secret it is. */
  readonly lasting?: Holder;
  /** The one that holds it longest of those that have replaced it, and until when. */
  readonly last?: Holder;
  readonly until?: number;
}

async function restOf(records: RecordStore, namespace: string): Promise<Rest> {
  let last: string | undefined;
  let until: number | undefined;
  const holderOf = async (key: string): Promise<Holder | undefined> => {
    const workspace = (await records.get(namespace, [key])).get(key);
    return workspace && { connectionId: key, workspaceId: new TextDecoder().decode(workspace) };
  };
  for (let cursor: string | undefined; ; ) {
    const page = await records.scan(namespace, cursor);
    for (const { key, expiresAt } of page.items) {
      const lasting = expiresAt === undefined ? await holderOf(key) : undefined;
      if (lasting !== undefined) return { lasting };
      if (expiresAt !== undefined && expiresAt > (until ?? 0)) [last, until] = [key, expiresAt];
    }
    if (page.next === undefined) break;
    cursor = page.next;
  }
  const holder = last === undefined ? undefined : await holderOf(last);
  return holder === undefined || until === undefined ? {} : { last: holder, until };
}
