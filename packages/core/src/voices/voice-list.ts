import type { Engine } from "../engine/engine.ts";
import { WadeskError } from "../errors/wadesk-error.ts";
import type { Fence } from "../ports/stores/record-store.ts";

/** Whom secrets speak for: an app or account of one channel. */
export interface Speaker {
  readonly kind: string;
  readonly speaker: string;
  /** What the texts of the list are for, where they verify no signature. */
  readonly use?: "challenge";
}

/** One connection that holds a secret. */
export interface Holder {
  readonly workspaceId: string;
  readonly connectionId: string;
}

/** One distinct secret with which connections of a speaker sign. The list holds it once, however many hold it themselves. */
export interface Voice {
  readonly id: string;
  /** One of its holders, so that the others need not be read to know that it counts. */
  readonly witness: Holder;
  /** When the last of its holders lets go of it, in milliseconds since the epoch; absent while it is somebody's present secret. */
  readonly until?: number;
}

const LIST = "list";
const AGAIN = "again";

/** The namespaces that hold the secrets themselves, sealed; what rotates keys knows them by this prefix. */
export const SEALED_VOICES = "voice/";

/** A speaker as part of a namespace. */
export function speakerPath({ kind, speaker, use }: Speaker): string {
  // no kind has a colon once it is encoded
  return `${use === undefined ? "" : `${use}:`}${encodeURIComponent(kind)}/${encodeURIComponent(speaker)}/`;
}

/** The lock under which a speaker's list changes. `path` is its `speakerPath`. */
export function voiceLock(path: string): string {
  return `voice/${path}`;
}

/** Where the sealed secrets of a speaker are, by the id of their voice. */
export function sealedNamespace(of: Speaker): string {
  return `${SEALED_VOICES}${speakerPath(of)}`;
}

/** What the secrets of a speaker are sealed for. */
export function voiceBinding(of: Speaker): string {
  return `voice/${of.use === undefined ? "" : `${of.use}:`}${of.kind}/${of.speaker}`;
}

/** Where the holders of one voice are, by the ids of their connections. */
export function holderNamespace(of: Speaker, id: string): string {
  return `voice-holder/${speakerPath(of)}${id}/`;
}

function listNamespace(of: Speaker): string {
  return `voices/${speakerPath(of)}`;
}

/** The list of a speaker as it stands, or nothing where none was ever made. Those that have lapsed are not in it. */
export async function readVoices(engine: Pick<Engine, "storage" | "time">, of: Speaker): Promise<readonly Voice[] | undefined> {
  return (await readList(engine, of)).voices;
}

/** A list and, where something on it could not be read, when it is to be made again; milliseconds since the epoch. */
export interface VoiceList {
  readonly voices?: readonly Voice[];
  readonly again?: number;
}

/** Reads the list of a speaker. */
export async function readList({ storage, time }: Pick<Engine, "storage" | "time">, of: Speaker): Promise<VoiceList> {
  const found = await storage.records.get(listNamespace(of), [LIST, AGAIN]);
  const [list, again] = [found.get(LIST), found.get(AGAIN)].map(
    (value) => value && (JSON.parse(new TextDecoder().decode(value)) as unknown),
  );
  const now = time.now();
  const voices = (list as readonly Voice[] | undefined)?.filter(({ until }) => until === undefined || until > now);
  return { ...(voices && { voices }), ...(again !== undefined && { again: again as number }) };
}

/** Whether a list is to be made again, both in milliseconds since the epoch. */
export function isDue(again: number | undefined, now: number): boolean {
  return again !== undefined && again <= now;
}

/** Has the list of a speaker made again at a time, or never. */
export async function readAgainAt({ storage }: Pick<Engine, "storage">, of: Speaker, at: number | undefined): Promise<void> {
  const value = at === undefined ? undefined : { value: new TextEncoder().encode(JSON.stringify(at)) };
  await storage.records.set(listNamespace(of), new Map([[AGAIN, value]]));
}

/** Writes the list of a speaker. Rejects with `lease_lost` when the lock was lost meanwhile. */
export async function writeVoices({ storage }: Pick<Engine, "storage">, of: Speaker, list: readonly Voice[], fence: Fence): Promise<void> {
  const value = { value: new TextEncoder().encode(JSON.stringify(list)) };
  if ((await storage.records.set(listNamespace(of), new Map([[LIST, value]]), fence)) === "fenced") throw new WadeskError("lease_lost");
}

/** Forgets the list of a speaker that nobody has any more. Rejects with `lease_lost` when the lock was lost meanwhile. */
export async function forgetList({ storage }: Pick<Engine, "storage">, of: Speaker, fence: Fence): Promise<void> {
  const gone = new Map([LIST, AGAIN].map((key): [string, undefined] => [key, undefined]));
  if ((await storage.records.set(listNamespace(of), gone, fence)) === "fenced") throw new WadeskError("lease_lost");
}

/** Forgets a secret that is in the list no more, and who held it. The secret goes last, so that one that was left half-way is found by it. */
export async function forgetVoice({ storage: { records } }: Pick<Engine, "storage">, of: Speaker, id: string): Promise<void> {
  await records.clear(holderNamespace(of, id));
  await records.set(sealedNamespace(of), new Map([[id, undefined]]));
}
