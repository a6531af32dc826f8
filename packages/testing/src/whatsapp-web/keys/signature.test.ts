import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { keyPair } from "./key-pair.ts";
import { isSignedBy, sign } from "./signature.ts";

/** libsignal as Baileys brings it, the other implementation of the same signatures. */
const baileys = createRequire(import.meta.url).resolve("@whiskeysockets/baileys");
const curve = createRequire(baileys)("libsignal/src/curve.js") as {
  calculateSignature(privateKey: Buffer, message: Buffer): Buffer;
  verifySignature(publicKey: Buffer, message: Buffer, signature: Buffer): boolean;
};
const message = Buffer.from("what is signed");
const prefixed = (publicKey: Buffer): Buffer => Buffer.concat([Buffer.from([5]), publicKey]);

// some keys have a point of odd sign: a run over several meets both kinds
const pairs = Array.from({ length: 8 }, (_unused, index) => keyPair(Buffer.alloc(32, index + 1)));

describe("a signature by a Curve25519 key", () => {
  it("made by libsignal is valid here", () => {
    for (const pair of pairs) expect(isSignedBy(pair.public, message, curve.calculateSignature(pair.private, message))).toBe(true);
  });

  it("made here is valid for libsignal", () => {
    for (const pair of pairs) expect(curve.verifySignature(prefixed(pair.public), message, sign(pair, message))).toBe(true);
  });

  it("with any one bit flipped is not valid", () => {
    const [pair] = pairs;
    const signature = sign(pair!, message);
    for (let bit = 0; bit < 512; bit += 1) {
      const flipped = Buffer.from(signature);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      expect(isSignedBy(pair!.public, message, flipped), `bit ${bit}`).toBe(false);
    }
  });

  it("is bound to its message and its key", () => {
    const [pair, other] = pairs;
    const signature = sign(pair!, message);
    expect(isSignedBy(pair!.public, Buffer.from("something else"), signature)).toBe(false);
    expect(isSignedBy(other!.public, message, signature)).toBe(false);
  });

  it("of random bytes or of another length is not valid", () => {
    expect(isSignedBy(pairs[0]!.public, message, Buffer.alloc(64, 7))).toBe(false);
    expect(isSignedBy(pairs[0]!.public, message, Buffer.alloc(63))).toBe(false);
    expect(isSignedBy(Buffer.alloc(31), message, Buffer.alloc(64))).toBe(false);
  });
});
