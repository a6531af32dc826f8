import type { KeyTypes } from "../baileys/baileys.ts";

/** Which key of Baileys' a name speaks of. */
export interface KeyName {
  readonly type: keyof KeyTypes;
  readonly id: string;
}

// a longer one before the one that it begins with
const TYPES: readonly (keyof KeyTypes)[] = [
  "app-state-sync-key",
  "app-state-sync-version",
  "device-list",
  "identity-key",
  "lid-mapping",
  "pre-key",
  "sender-key-memory",
  "sender-key",
  "session",
  "tctoken",
];

/**
 * Reads a name under which Baileys' folder of files (7.0.0-rc14), or a store after its manner, keeps a key. In the names of files `:` has become `-`, and `/`
 * has become `__`; both come back where an id of its type can have them. Nothing where the kind is not known.
 */
export function readKeyName(name: string): KeyName | undefined {
  const type = TYPES.find((each) => name.startsWith(`${each}-`));
  if (type === undefined || name.length === type.length + 1) return undefined;
  return { type, id: writtenId(type, name.slice(type.length + 1)) };
}

function writtenId(type: keyof KeyTypes, id: string): string {
  // base64
  if (type === "app-state-sync-key") return id.replaceAll("__", "/");
  // group::user::device, where an old group has a hyphen of its own
  if (type === "sender-key") return id.replace(/^(.+@[^@]+?)--(.+)--(\d+)$/, "$1::$2::$3");
  return id;
}
