import { WadeskError } from "../errors/wadesk-error.ts";

/** One key of 32 bytes and the id it is named by in what it sealed. */
export interface EncryptionKey {
  readonly id: string;
  readonly bytes: Uint8Array;
}

/** The keys in force: the first seals, all open. */
export interface KeyRing {
  readonly first: EncryptionKey;
  readonly byId: ReadonlyMap<string, EncryptionKey>;
}

const KEY_BYTES = 32;

/** Reads `k2:<base64url of 32 bytes>,k1:…`. Throws `encryption_key_missing` or `encryption_key_invalid`; neither repeats what was given. */
export function readKeyRing(text: string | undefined): KeyRing {
  if (text === undefined || text.trim() === "") throw new WadeskError("encryption_key_missing");
  const keys = text.split(",").map((part, index) => readKey(part.trim(), index + 1));
  const byId = new Map(keys.map((key) => [key.id, key]));
  if (byId.size !== keys.length) throw new WadeskError("encryption_key_invalid", { detail: "two keys have the same id" });
  const [first] = keys;
  if (first === undefined) throw new WadeskError("encryption_key_missing");
  return { first, byId };
}

function readKey(text: string, position: number): EncryptionKey {
  const [, id, encoded] = /^([A-Za-z0-9_-]{1,32}):([A-Za-z0-9_-]+)={0,2}$/.exec(text) ?? [];
  if (id === undefined || encoded === undefined) throw invalid(`key ${position} ${whyNoKey(text)}`);
  if (/^[0-9a-f]{64}$/i.test(encoded)) throw invalid(`key ${position} is hexadecimal; write its 32 bytes as base64url`);
  const bytes = fromBase64Url(encoded);
  if (bytes?.length !== KEY_BYTES) throw invalid(`key ${position} has ${bytes?.length ?? "unreadable"} bytes instead of ${KEY_BYTES}`);
  return { id, bytes };
}

// what it looks like; nothing of it is repeated
function whyNoKey(text: string): string {
  if (/^["'`]|["'`]$/.test(text)) return "stands in quotes; give it without them";
  if (/^[\w-]{1,32}:[A-Za-z0-9+/]+={0,2}$/.test(text)) return "is base64; base64url has - for + and _ for /";
  if (/^[A-Za-z0-9_-]{43}=?$/.test(text)) return "has no id; write k1: before it";
  return "is not of the form id:value";
}

function fromBase64Url(text: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
  } catch {
    return undefined;
  }
}

function invalid(detail: string): WadeskError {
  return new WadeskError("encryption_key_invalid", { detail });
}
