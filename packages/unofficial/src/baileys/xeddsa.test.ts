import { randomBytes } from "node:crypto";
import { createRequire } from "node:module";
import { ed25519, x25519 } from "@noble/curves/ed25519.js";
import { describe, expect, it } from "vitest";
import { pathOfBaileys } from "./baileys.ts";
import { isSignedWithCurve, signWithCurve } from "./xeddsa.ts";

/** The implementation that Baileys brings. */
const below = createRequire(createRequire(pathOfBaileys()).resolve("libsignal/src/curve.js"));
const slow = below("curve25519-js") as { readonly sign: typeof signWithCurve; readonly verify: typeof isSignedWithCurve };
const message = Buffer.from("what is signed");
const privateKey = Buffer.alloc(32, 3);
const publicKey = x25519.getPublicKey(privateKey);
const signature = signWithCurve(privateKey, message);

describe("a signature by a Curve25519 key", () => {
  it("has the bytes that curve25519-js makes, of points of both signs and messages of every length", () => {
    const signs = new Set<number>();
    for (let length = 0; length < 24; length += 1) {
      const [key, text] = [randomBytes(32), randomBytes(length)];
      const made = signWithCurve(key, text);
      expect(Buffer.from(made)).toEqual(Buffer.from(slow.sign(key, text)));
      expect(isSignedWithCurve(x25519.getPublicKey(key), text, made)).toBe(true);
      signs.add((made[63] ?? 0) & 128);
    }
    expect(signs.size).toBe(2);
  });

  it("with any one bit flipped is none", () => {
    for (let bit = 0; bit < 512; bit += 1) {
      const flipped = Uint8Array.from(signature, (byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
      expect(isSignedWithCurve(publicKey, message, flipped), `bit ${bit}`).toBe(false);
    }
  });

  it("is bound to its message and its key", () => {
    expect(isSignedWithCurve(publicKey, Buffer.from("something else"), signature)).toBe(false);
    expect(isSignedWithCurve(x25519.getPublicKey(Buffer.alloc(32, 1)), message, signature)).toBe(false);
    expect(isSignedWithCurve(Buffer.alloc(32), message, Buffer.alloc(64, 7))).toBe(false);
  });

  it("spelled a second way is none, which curve25519-js takes", () => {
    const order = ed25519.Point.Fn.ORDER;
    const number = BigInt(`0x${Buffer.from(signature.subarray(32)).reverse().toString("hex")}`);
    const [sign, plain] = [(number >> 255n) << 255n, number & ((1n << 255n) - 1n)];
    const again = Buffer.from((sign | (plain + order)).toString(16).padStart(64, "0"), "hex").reverse();
    const second = Buffer.concat([signature.subarray(0, 32), again]);
    expect(slow.verify(publicKey, message, second)).toBe(true);
    expect(isSignedWithCurve(publicKey, message, second)).toBe(false);
  });
});
