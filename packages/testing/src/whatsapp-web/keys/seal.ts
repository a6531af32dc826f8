import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from "node:crypto";

const TAG_BYTES = 16;

/** A key of 32 bytes; what seals often with one key makes an object of it once, by `createSecretKey`. */
export type SealingKey = Uint8Array | KeyObject;

/** AES-256-GCM, the tag behind the ciphertext. */
export function sealGcm(key: SealingKey, nonce: Uint8Array, plain: Uint8Array, associated?: Uint8Array): Buffer {
  const cipher = createCipheriv("aes-256-gcm", keyObject(key), nonce);
  if (associated !== undefined) cipher.setAAD(associated);
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Opens what `sealGcm` made; throws when one bit, the nonce or the associated data differ. */
export function openGcm(key: SealingKey, nonce: Uint8Array, sealed: Uint8Array, associated?: Uint8Array): Buffer {
  const decipher = createDecipheriv("aes-256-gcm", keyObject(key), nonce);
  if (associated !== undefined) decipher.setAAD(associated);
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(0, sealed.length - TAG_BYTES)), decipher.final()]);
}

/** AES-256-CBC with PKCS#7 padding. */
export function sealCbc(key: SealingKey, iv: Uint8Array, plain: Uint8Array): Buffer {
  const cipher = createCipheriv("aes-256-cbc", keyObject(key), iv);
  return Buffer.concat([cipher.update(plain), cipher.final()]);
}

/** Opens what `sealCbc` made; throws on bad padding. It proves nothing: check the MAC first. */
export function openCbc(key: SealingKey, iv: Uint8Array, sealed: Uint8Array): Buffer {
  const decipher = createDecipheriv("aes-256-cbc", keyObject(key), iv);
  return Buffer.concat([decipher.update(sealed), decipher.final()]);
}

/** AES-256-CTR, which opens by the same step as it seals. */
export function applyCtr(key: SealingKey, iv: Uint8Array, bytes: Uint8Array): Buffer {
  const cipher = createCipheriv("aes-256-ctr", keyObject(key), iv);
  return Buffer.concat([cipher.update(bytes), cipher.final()]);
}

// Node 24 takes bytes as a key four times as slowly as a key object
function keyObject(key: SealingKey): KeyObject {
  return key instanceof Uint8Array ? createSecretKey(key) : key;
}
