import { createHash, createHmac, createSecretKey, hkdfSync } from "node:crypto";

/** HKDF with SHA-256; without a salt 32 zero bytes, as the RFC says. */
export function derive(secret: Uint8Array, length: number, { salt = Buffer.alloc(32), info = "" }: DeriveOptions = {}): Buffer {
  return Buffer.from(hkdfSync("sha256", createSecretKey(secret), salt, info, length));
}

/** What tells one derived key from another. */
export interface DeriveOptions {
  readonly salt?: Uint8Array;
  readonly info?: string;
}

/** SHA-256 over all parts, 32 bytes. */
export function sha256(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** HMAC-SHA-256 over all parts, 32 bytes. */
export function hmac(key: Uint8Array, ...parts: readonly Uint8Array[]): Buffer {
  // Node 24 takes bytes as a key four times as slowly as a key object
  const mac = createHmac("sha256", createSecretKey(key));
  for (const part of parts) mac.update(part);
  return mac.digest();
}
