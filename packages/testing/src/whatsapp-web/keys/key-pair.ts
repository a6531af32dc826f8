import { createPrivateKey, createPublicKey, diffieHellman, generateKeyPairSync, type KeyObject } from "node:crypto";

/** A Curve25519 key pair of 32 bytes each, as Noise, Signal and the linking of devices use them. */
export interface KeyPair {
  readonly public: Buffer;
  readonly private: Buffer;
  /** The X25519 secret shared with another public key, 32 bytes. Throws for a point of low order. */
  agree(publicKey: Uint8Array): Buffer;
}

// PKCS#8 of X25519 up to the 32 bytes of the key (RFC 8410)
const PRIVATE_HEAD = Buffer.from("302e020100300506032b656e04220420", "hex");

/** Makes a key pair; of given 32 bytes always the same one. */
export function keyPair(secret?: Uint8Array): KeyPair {
  const privateKey =
    secret === undefined
      ? generateKeyPairSync("x25519").privateKey
      : createPrivateKey({ key: Buffer.concat([PRIVATE_HEAD, secret]), format: "der", type: "pkcs8" });
  const { x = "", d = "" } = privateKey.export({ format: "jwk" });
  return {
    public: Buffer.from(x, "base64url"),
    private: Buffer.from(d, "base64url"),
    agree: (publicKey) => diffieHellman({ privateKey, publicKey: publicKeyObject("X25519", publicKey) }),
  };
}

/** A public key of 32 bytes as `node:crypto` takes it. As JWK it takes half the time that its DER takes. */
export function publicKeyObject(curve: "X25519" | "Ed25519", bytes: Uint8Array): KeyObject {
  return createPublicKey({ key: { kty: "OKP", crv: curve, x: Buffer.from(bytes).toString("base64url") }, format: "jwk" });
}
