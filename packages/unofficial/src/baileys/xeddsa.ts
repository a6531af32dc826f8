import { createHash, createPublicKey, type KeyObject, verify } from "node:crypto";
import { ed25519 } from "@noble/curves/ed25519.js";

const { Point } = ed25519;
const { Fn, Fp } = Point;
/** So many keys are remembered, of those that sign and of those that are verified each: more than one host has numbers, and groups at a time. */
const MOST_KEYS = 4096;

/**
 * Signs with a Curve25519 key of 32 bytes as `curve25519-js` 0.0.4 does without random bytes: of the same key and message always the same 64 bytes, with the
 * sign of the key's point in their last bit.
 */
export function signWithCurve(privateKey: Uint8Array, message: Uint8Array): Uint8Array {
  const clamped = Uint8Array.from(privateKey);
  clamped[0] = (clamped[0] ?? 0) & 248;
  clamped[31] = ((clamped[31] ?? 0) & 127) | 64;
  const scalar = Fn.create(littleEndian(clamped));
  const point = points(clamped, () => Point.BASE.multiply(scalar).toBytes());
  const nonce = digest(clamped, message);
  const commitment = Point.BASE.multiply(nonce).toBytes();
  const answer = Fn.toBytes(Fn.add(nonce, Fn.mul(digest(commitment, point, message), scalar)));
  const signature = new Uint8Array(64);
  signature.set(commitment);
  signature.set(answer, 32);
  signature[63] = (signature[63] ?? 0) | ((point[31] ?? 0) & 128);
  return signature;
}

/** Whether a Curve25519 key of 32 bytes made a signature of 64. Unlike `curve25519-js` it takes no second spelling of a signature. */
export function isSignedWithCurve(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const plain = Uint8Array.from(signature);
  const sign = (plain[63] ?? 0) & 128;
  plain[63] = (plain[63] ?? 0) & 127;
  const key = keys(Uint8Array.of(...publicKey, sign), () => {
    const point = edwards(publicKey);
    point[31] = (point[31] ?? 0) | sign;
    const jwk = { kty: "OKP", crv: "Ed25519", x: Buffer.from(point).toString("base64url") };
    return createPublicKey({ key: jwk, format: "jwk" });
  });
  return verify(null, message, key, plain);
}

// by a digest: a private key is not kept
const points = remembered<Uint8Array>();
const keys = remembered<KeyObject>();

/** Makes a value once for the same bytes, and forgets those that were asked for longest ago. */
function remembered<Value>(): (bytes: Uint8Array, make: () => Value) => Value {
  const known = new Map<string, Value>();
  return (bytes, make) => {
    const name = createHash("sha256").update(bytes).digest("base64");
    const value = known.get(name) ?? make();
    known.delete(name);
    known.set(name, value);
    const [oldest] = known.size > MOST_KEYS ? known.keys() : [];
    if (oldest !== undefined) known.delete(oldest);
    return value;
  };
}

/** The y of a Montgomery u on the Edwards curve, with sign 0: (u - 1) / (u + 1). */
function edwards(publicKey: Uint8Array): Uint8Array {
  const u = Fp.create(littleEndian(publicKey) & (2n ** 255n - 1n));
  return Fp.toBytes(Fp.div(Fp.sub(u, 1n), Fp.add(u, 1n)));
}

function digest(...parts: readonly Uint8Array[]): bigint {
  const hash = createHash("sha512");
  for (const part of parts) hash.update(part);
  return Fn.create(littleEndian(hash.digest()));
}

function littleEndian(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).reverse().toString("hex")}`);
}
