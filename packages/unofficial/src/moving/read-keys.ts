import type { KeyTypes } from "../baileys/baileys.ts";
import { type KeyName, readKeyName } from "./key-name.ts";
import { isBytes, isCoded, isObject, isPair } from "./parts.ts";
import { damagedKey } from "./refusals.ts";
import { NO_JSON, readStored, readText } from "./stored-value.ts";

/** A key, and what it is. */
export interface StoredKey extends KeyName {
  readonly value: unknown;
}

/** The keys of a session, and the names of what is no key that is known. */
export interface StoredKeys {
  readonly keys: readonly StoredKey[];
  readonly left: readonly string[];
}

// what each type is as Baileys 7.0.0-rc14 reads it, so that nothing is stored which it would stumble over later
const SOUND: { readonly [Type in keyof KeyTypes]: (value: unknown) => boolean } = {
  "pre-key": isPair,
  session: (value) => isObject(value) && isObject(value._sessions),
  "sender-key": (value) => isBytes(value) && Array.isArray(readStored(Buffer.from(value).toString("utf8"))),
  "sender-key-memory": isObject,
  "app-state-sync-key": (value) => isObject(value) && isCoded(value.keyData),
  "app-state-sync-version": (value) => isObject(value) && typeof value.version === "number" && isBytes(value.hash),
  "lid-mapping": (value) => typeof value === "string" && value !== "",
  "device-list": (value) => Array.isArray(value) && value.every((device) => typeof device === "string"),
  tctoken: (value) => isObject(value) && value.token instanceof Uint8Array,
  "identity-key": (value) => isBytes(value),
};

/** Reads keys by their names. Throws `input_invalid` for one that cannot be what its name says, naming it. */
export function readKeys(given: Readonly<Record<string, unknown>>): StoredKeys {
  const keys: StoredKey[] = [];
  const left: string[] = [];
  for (const [name, stored] of Object.entries(given)) {
    const key = readKeyName(name);
    // Redis and PostgreSQL have the credentials among them
    if (name === "creds") continue;
    if (key === undefined) left.push(name);
    else if (stored !== undefined && stored !== null) keys.push({ ...key, value: soundValue(name, key, stored) });
  }
  return { keys, left };
}

function soundValue(name: string, { type }: KeyName, stored: unknown): unknown {
  const value = type === "lid-mapping" ? (readText(stored) ?? NO_JSON) : readStored(stored);
  if (value === NO_JSON) throw damagedKey(name, "is no JSON, or ends in the middle");
  const written = type === "sender-key" && Array.isArray(value) ? asBytes(value) : value;
  if (!SOUND[type](written)) throw damagedKey(name, `is no ${type}`);
  return written;
}

// older Baileys kept the list itself, newer its JSON as bytes
function asBytes(states: readonly unknown[]): Buffer {
  const replacer = (_name: string, value: unknown): unknown => {
    const isBuffer = isObject(value) && value.type === "Buffer" && Array.isArray(value.data);
    return isBuffer ? { type: "Buffer", data: Buffer.from(value.data as number[]).toString("base64") } : value;
  };
  return Buffer.from(JSON.stringify(states, replacer));
}
