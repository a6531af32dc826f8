import { builtinModule } from "../../fields/builtin-module.ts";

/** A SHA-256 that is fed bit by bit. */
export interface Sha256 {
  update(bytes: Uint8Array): unknown;
  digest(): Uint8Array;
}

/** Starts one: Node's own where there is one, which is many times faster, else one in JavaScript. WebCrypto wants everything at once. */
export async function startSha256(): Promise<Sha256> {
  const node = builtinModule("node:crypto");
  if (node !== undefined) return node.createHash("sha256");
  const { sha256 } = await import("@noble/hashes/sha2.js");
  return sha256.create();
}

const HEX = /^[0-9a-f]{64}$/i;
const BASE64 = /^[A-Za-z0-9+/_-]{43}=?$/;

/** A SHA-256 as hex, from hex or base64; nothing for what is none. */
export function readSha256(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  if (HEX.test(text)) return text.toLowerCase();
  if (!BASE64.test(text)) return undefined;
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/").replace(/=$/, ""));
  return hexOf(Uint8Array.from(binary, (character) => character.charCodeAt(0)));
}

/** Bytes as hex. */
export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
