import { derive } from "../keys/derive.ts";

const HASH_BYTES = 128;
const INFO = "WhatsApp Patch Integrity";

/** The hash of a collection without records. */
export function emptyHash(): Buffer {
  return Buffer.alloc(HASH_BYTES);
}

/**
 * Takes values out of a hash and puts others in. The order does not matter: each value is stretched to 64 numbers of 16 bits, little endian, which are
 * subtracted or added one by one.
 */
export function mixHash(hash: Uint8Array, removed: readonly Uint8Array[], added: readonly Uint8Array[]): Buffer {
  const mixed = Buffer.from(hash);
  const mix = (value: Uint8Array, sign: 1 | -1): void => {
    const stretched = derive(value, HASH_BYTES, { info: INFO });
    for (let at = 0; at < HASH_BYTES; at += 2) {
      mixed.writeUInt16LE((mixed.readUInt16LE(at) + sign * stretched.readUInt16LE(at)) & 0xffff, at);
    }
  };
  for (const value of removed) mix(value, -1);
  for (const value of added) mix(value, 1);
  return mixed;
}
