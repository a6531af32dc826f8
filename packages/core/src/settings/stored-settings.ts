import type { Fence, RecordStore } from "../ports/stores/record-store.ts";

/** The namespace of the admin's settings. */
export const SETTINGS_NAMESPACE = "settings/";

/** The record of what concerns all channels. */
export const PLATFORM = "platform";

/** The record of one channel's settings. */
export function channelKey(kind: string): string {
  return `channel/${kind}`;
}

/** One secret as it is stored. */
export interface StoredSecret {
  readonly id: string;
  readonly addedAt?: number;
  /** What the settings named when it was added; absent on one from before names were kept, which counts for whatever they name first. */
  readonly of?: string;
  readonly sealed: string;
}

/** What is stored of some fields. A field of secrets that is absent here was never changed. */
export interface StoredFields {
  readonly values: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, readonly StoredSecret[]>>;
}

/** What is stored of one group. */
export interface StoredGroup extends StoredFields {
  /** Whether it was removed: what the constructor's options give under its name counts no more, also once it is made again. */
  readonly apart?: "removed" | "made again";
}

/** Groups as they are stored, by the field that holds them and by their names. */
export type StoredGroups = Readonly<Record<string, Readonly<Record<string, StoredGroup>>>>;

/** What is stored of one channel's settings. */
export interface StoredSettings extends StoredFields {
  readonly groups?: StoredGroups;
}

/** What one secret field is sealed for; one of a group by its whole path, e.g. `bridges.eu.secrets`. */
export function settingBinding(kind: string, field: string): string {
  return `settings/${kind}/${field}`;
}

/** Reads one record of settings. */
export async function readSettings<Shape>(records: RecordStore, key: string, absent: Shape): Promise<Shape> {
  const value = (await records.get(SETTINGS_NAMESPACE, [key])).get(key);
  return value === undefined ? absent : (JSON.parse(new TextDecoder().decode(value)) as Shape);
}

/** A text that is another one whenever any of the settings is. */
export async function settingsMark(records: RecordStore, kinds: Iterable<string>): Promise<string> {
  const keys = [PLATFORM, ...[...kinds].map(channelKey)];
  const values = await records.get(SETTINGS_NAMESPACE, keys);
  return JSON.stringify(keys.map((key) => new TextDecoder().decode(values.get(key))));
}

/** Writes one record of settings; false when the lock was lost meanwhile. */
export async function writeSettings(records: RecordStore, key: string, value: unknown, fence: Fence): Promise<boolean> {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  return (await records.set(SETTINGS_NAMESPACE, new Map([[key, { value: bytes }]]), fence)) === "written";
}
