import { expect, it } from "vitest";
import { loadBaileys } from "../baileys.ts";
import { keyPair } from "../keys/key-pair.ts";
import { checkCarriedIdentity, signedIdentity } from "./adv.ts";

it("an identity that was found in order vouches for no other bytes, no other phone and no other companion", async () => {
  const baileys = await loadBaileys();
  const [phone, companion, other] = [keyPair(), keyPair(), keyPair()];
  const carried = signedIdentity(baileys, phone, companion, 1, 1_000);
  const forged = signedIdentity(baileys, phone, other, 1, 1_000);
  checkCarriedIdentity(baileys, phone.public, companion.public, carried);
  checkCarriedIdentity(baileys, phone.public, companion.public, Buffer.from(carried));
  expect(() => checkCarriedIdentity(baileys, phone.public, companion.public, forged)).toThrow("does not hand on the phone's signature");
  expect(() => checkCarriedIdentity(baileys, other.public, companion.public, carried)).toThrow("names another account's key");
  expect(() => checkCarriedIdentity(baileys, phone.public, other.public, carried)).toThrow("does not hand on the phone's signature");
});
