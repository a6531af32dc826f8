import { pbkdf2Sync, randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { derive } from "../keys/derive.ts";
import { type KeyPair, keyPair } from "../keys/key-pair.ts";
import { applyCtr, sealGcm } from "../keys/seal.ts";
import { linkCodeExchange } from "./link-code.ts";

const CODE = "WADESK42";
const [phone, companion] = [keyPair(), keyPair()];

function codeKey(salt: Uint8Array): Buffer {
  return pbkdf2Sync(CODE, salt, 131_072, 32, "sha256");
}

/** Begins as a companion does, and answers how it goes on: with its own identity and the phone's, or with others. */
async function begin() {
  const ephemeral = keyPair();
  const [salt, iv] = [randomBytes(32), randomBytes(16)];
  const exchange = await linkCodeExchange(CODE, phone, Buffer.concat([salt, iv, applyCtr(codeKey(salt), iv, ephemeral.public)]));
  const theirs = applyCtr(codeKey(exchange.wrapped.subarray(0, 32)), exchange.wrapped.subarray(32, 48), exchange.wrapped.subarray(48));
  const shared = ephemeral.agree(theirs);
  const bundle = (own: KeyPair, other: KeyPair, random: Uint8Array = randomBytes(32)): Buffer => {
    const [bundleSalt, nonce] = [randomBytes(32), randomBytes(12)];
    const key = derive(shared, 32, { salt: bundleSalt, info: "link_code_pairing_key_bundle_encryption_key" });
    return Buffer.concat([bundleSalt, nonce, sealGcm(key, nonce, Buffer.concat([own.public, other.public, random]))]);
  };
  return { exchange, shared, bundle };
}

it("a code ends in a secret that companion and phone alone know", async () => {
  const { exchange, shared, bundle } = await begin();
  const random = randomBytes(32);
  const secret = derive(Buffer.concat([shared, companion.agree(phone.public), random]), 32, { info: "adv_secret" });
  expect(exchange.finish(bundle(companion, phone, random), companion.public)).toEqual(secret);
});

it("a code that links another companion or another phone than it was typed for is refused", async () => {
  const { exchange, bundle } = await begin();
  expect(() => exchange.finish(bundle(keyPair(), phone), companion.public)).toThrow("other devices");
  expect(() => exchange.finish(bundle(companion, keyPair()), companion.public)).toThrow("other devices");
});
