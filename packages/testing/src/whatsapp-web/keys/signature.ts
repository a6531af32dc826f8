import { createHash, type KeyObject, randomBytes, verify } from "node:crypto";
import { ed25519 } from "@noble/curves/ed25519.js";
import { type KeyPair, publicKeyObject } from "./key-pair.ts";

const { Point } = ed25519;
const { Fn } = Point;

// "hash1" of XEdDSA: 2^256 - 2, little endian, in front of what makes the nonce
const NONCE_HEAD = Buffer.concat([Buffer.from([0xfe]), Buffer.alloc(31, 0xff)]);
const PRIME = 2n ** 255n - 19n;

/** Signs with a Curve25519 key: XEdDSA as Signal specifies it, 64 bytes. `random` is 64 bytes. */
export function sign(pair: KeyPair, message: Uint8Array, random: Uint8Array = randomBytes(64)): Buffer {
  const { secret, point } = signingKey(pair);
  const nonce = digest(NONCE_HEAD, Fn.toBytes(secret), message, random);
  const commitment = Point.BASE.multiply(nonce).toBytes();
  const challenge = digest(commitment, point, message);
  return Buffer.concat([commitment, Fn.toBytes(Fn.add(nonce, Fn.mul(challenge, secret)))]);
}

interface SigningKey {
  readonly secret: bigint;
  readonly point: Buffer;
}

const signingKeys = new WeakMap<KeyPair, SigningKey>();

// a phone signs again and again, and to find its point is half the work of a signature
function signingKey(pair: KeyPair): SigningKey {
  const known = signingKeys.get(pair);
  if (known !== undefined) return known;
  const clamped = Buffer.from(pair.private);
  clamped[0] = (clamped[0] ?? 0) & 248;
  clamped[31] = ((clamped[31] ?? 0) & 127) | 64;
  const scalar = Fn.create(littleEndian(clamped));
  const point = Buffer.from(Point.BASE.multiply(scalar).toBytes());
  const isOdd = ((point[31] ?? 0) & 128) !== 0;
  point[31] = (point[31] ?? 0) & 127;
  // the public key on the wire has no sign, so the key with sign 0 signs
  const key = { secret: isOdd ? Fn.neg(scalar) : scalar, point };
  signingKeys.set(pair, key);
  return key;
}

/**
 * Whether a Curve25519 key made the signature. Takes XEdDSA and its older form with the sign of the key in the last bit, which libsignal 6.0.0
 * makes. A signature or key of another length is not valid.
 */
export function isSignedBy(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  const plain = Buffer.from(signature);
  const sign = (plain[63] ?? 0) & 128;
  plain[63] = (plain[63] ?? 0) & 127;
  return verify(null, message, verifyingKey(publicKey, sign), plain);
}

const KEYS_KEPT = 1_024;
// by the bytes of the key and the sign; the oldest go first
const verifyingKeys = new Map<string, KeyObject>();

function verifyingKey(publicKey: Uint8Array, sign: number): KeyObject {
  const name = `${Buffer.from(publicKey).toString("base64")}${sign}`;
  const known = verifyingKeys.get(name);
  if (known !== undefined) return known;
  const point = edwards(publicKey);
  point[31] = (point[31] ?? 0) | sign;
  const key = publicKeyObject("Ed25519", point);
  verifyingKeys.set(name, key);
  for (const oldest of verifyingKeys.keys()) {
    if (verifyingKeys.size <= KEYS_KEPT) break;
    verifyingKeys.delete(oldest);
  }
  return key;
}

/** The Edwards y of a Montgomery u, with sign 0: y = (u - 1) / (u + 1). */
function edwards(publicKey: Uint8Array): Buffer {
  const u = littleEndian(publicKey) & (2n ** 255n - 1n);
  const { Fp } = Point;
  return Buffer.from(Fp.toBytes(Fp.div(Fp.create(u - 1n), Fp.create((u + 1n) % PRIME))));
}

function digest(...parts: readonly Uint8Array[]): bigint {
  const hash = createHash("sha512");
  for (const part of parts) hash.update(part);
  return Fn.create(littleEndian(hash.digest()));
}

function littleEndian(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).reverse().toString("hex")}`);
}
