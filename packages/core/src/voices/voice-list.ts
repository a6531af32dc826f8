import type { Engine } from "../client/engine.ts";
import { WadeskError } from "../errors/wadesk-error.ts";
import type { Fence } from "../ports/stores/record-store.ts";

/** Whom secrets speak for: an app or account of one channel. */
export interface Speaker {
  readonly kind: string;
  readonly speaker: string;
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

/** The namespaces that hold the secrets themselves, sealed; what rotates keys knows them by this prefix. */
export const SEALED_VOICES = "voice/";

/** A speaker as part of a namespace. */
export function speakerPath({ kind, speaker }: Speaker): string {
  return `${encodeURIComponent(kind)}/${encodeURIComponent(speaker)}/`;
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
  return `voice/${of.kind}/${of.speaker}`;
}

/** Where the holders of one voice are, by the ids of their connections. */
export function holderNamespace(of: Speaker, id: string): string {
  return `voice-holder/${speakerPath(of)}${id}/`;
}

function listNamespace(of: Speaker): string {
  return `voices/${speakerPath(of)}`;
}

/** The list of a speaker as it stands, or nothing where none was ever made. Those that have lapsed are not in it. */
export async function readVoices(
  { storage, runtime }: Pick<Engine, "storage" | "runtime">,
  of: Speaker,
): Promise<readonly Voice[] | undefined> {
  const value = (await storage.records.get(listNamespace(of), [LIST])).get(LIST);
  if (value === undefined) return undefined;
  const now = runtime.clock.now();
  return (JSON.parse(new TextDecoder().decode(value)) as readonly Voice[]).filter(({ until }) => until === undefined || until > now);
}

/** Writes the list of a speaker. Rejects with `lease_lost` when the lock was lost meanwhile. */
export async function writeVoices({ storage }: Pick<Engine, "storage">, of: Speaker, list: readonly Voice[], fence: Fence): Promise<void> {
  const value = { value: new TextEncoder().encode(JSON.stringify(list)) };
  if ((await storage.records.set(listNamespace(of), new Map([[LIST, value]]), fence)) === "fenced") throw new WadeskError("lease_lost");
}
