import { createPrivateKey, createPublicKey, diffieHellman, randomBytes } from "node:crypto";

/** A Curve25519 key pair of 32 bytes each, as Noise, Signal and the linking of devices use them. */
export interface KeyPair {
  readonly public: Buffer;
  readonly private: Buffer;
  /** The X25519 secret shared with another public key, 32 bytes. Throws for a point of low order. */
  agree(publicKey: Uint8Array): Buffer;
}

// PKCS#8 and SubjectPublicKeyInfo of X25519 up to the 32 bytes of the key (RFC 8410)
const PRIVATE_HEAD = Buffer.from("302e020100300506032b656e04220420", "hex");
const PUBLIC_HEAD = Buffer.from("302a300506032b656e032100", "hex");

/** Makes a key pair; of given 32 bytes always the same one. */
export function keyPair(secret: Uint8Array = randomBytes(32)): KeyPair {
  const privateKey = createPrivateKey({ key: Buffer.concat([PRIVATE_HEAD, secret]), format: "der", type: "pkcs8" });
  const spki = createPublicKey(privateKey).export({ format: "der", type: "spki" });
  return {
    public: spki.subarray(PUBLIC_HEAD.length),
    private: Buffer.from(secret),
    agree: (publicKey) =>
      diffieHellman({
        privateKey,
        publicKey: createPublicKey({ key: Buffer.concat([PUBLIC_HEAD, publicKey]), format: "der", type: "spki" }),
      }),
  };
}
