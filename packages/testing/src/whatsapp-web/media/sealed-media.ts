import { randomBytes } from "node:crypto";
import { derive, hmac, sha256 } from "../keys/derive.ts";
import { openCbc, sealCbc } from "../keys/seal.ts";

/** What a file is, which decides the keys that its media key stands for. */
export type MediaKind = "image" | "video" | "audio" | "document" | "sticker" | "history" | "app state";

/** A file as it lies on a media host, with what its recipients are told of it. */
export interface SealedMedia {
  /** The ciphertext with its MAC behind it. */
  readonly bytes: Buffer;
  readonly mediaKey: Buffer;
  /** Of the file itself. */
  readonly fileSha256: Buffer;
  /** Of `bytes`. */
  readonly fileEncSha256: Buffer;
  /** The size of the file itself. */
  readonly fileLength: number;
}

/** What a message says of a file. */
export interface MediaReference {
  readonly directPath?: string;
  readonly mediaKey?: Uint8Array;
  readonly fileSha256?: Uint8Array;
  readonly fileEncSha256?: Uint8Array;
  readonly fileLength?: number;
}

const INFO: Readonly<Record<MediaKind, string>> = {
  image: "WhatsApp Image Keys",
  sticker: "WhatsApp Image Keys",
  video: "WhatsApp Video Keys",
  audio: "WhatsApp Audio Keys",
  document: "WhatsApp Document Keys",
  history: "WhatsApp History Keys",
  "app state": "WhatsApp App State Keys",
};
const MAC_BYTES = 10;

/** Encrypts a file under a fresh media key. */
export function sealMedia(kind: MediaKind, file: Uint8Array): SealedMedia {
  const mediaKey = randomBytes(32);
  const { iv, cipherKey, macKey } = keysOf(kind, mediaKey);
  const ciphertext = sealCbc(cipherKey, iv, file);
  const bytes = Buffer.concat([ciphertext, hmac(macKey, iv, ciphertext).subarray(0, MAC_BYTES)]);
  return { bytes, mediaKey, fileSha256: sha256(file), fileEncSha256: sha256(bytes), fileLength: file.length };
}

/** Opens a file as every phone does. Throws, saying which, when a checksum, the MAC or the length is not what the reference says. */
export function openMedia(kind: MediaKind, bytes: Uint8Array, reference: MediaReference): Buffer {
  if (!same(reference.fileEncSha256, sha256(bytes))) throw new Error("the checksum of the encrypted file is wrong");
  const { iv, cipherKey, macKey } = keysOf(kind, reference.mediaKey ?? new Uint8Array());
  const ciphertext = bytes.subarray(0, -MAC_BYTES);
  if (!same(bytes.subarray(-MAC_BYTES), hmac(macKey, iv, ciphertext).subarray(0, MAC_BYTES)))
    throw new Error("the MAC of the file is wrong");
  const file = openCbc(cipherKey, iv, ciphertext);
  if (!same(reference.fileSha256, sha256(file))) throw new Error("the checksum of the file is wrong");
  if (reference.fileLength !== file.length) throw new Error("the length of the file is wrong");
  return file;
}

function keysOf(kind: MediaKind, mediaKey: Uint8Array): { readonly iv: Buffer; readonly cipherKey: Buffer; readonly macKey: Buffer } {
  const keys = derive(mediaKey, 112, { info: INFO[kind] });
  return { iv: keys.subarray(0, 16), cipherKey: keys.subarray(16, 48), macKey: keys.subarray(48, 80) };
}

function same(one: Uint8Array | undefined, other: Uint8Array): boolean {
  return one !== undefined && Buffer.compare(one, other) === 0;
}
