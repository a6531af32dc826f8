import { expect, it } from "vitest";
import type { Address } from "./letter.ts";
import { letterOf } from "./letter.ts";

const ADDRESS: Address = {
  id: "ID",
  jid: "222@lid",
  body: {},
  reference: "msg_1",
  at: 1,
  order: 1,
  beside: new Map([["known/ID", undefined]]),
};
const SEALED = { type: "msg", ciphertext: new Uint8Array([1]) } as const;

it("what a message says is stored with the first that it is encrypted to, and once", () => {
  const letter = letterOf(ADDRESS);
  expect([...letter.note("222:1@lid", SEALED).keys()]).toEqual(["known/ID", "out/ID"]);
  expect([...letter.note("222:2@lid", SEALED).keys()]).toEqual(["out/ID"]);
});

it("one that was given up stores nothing of what it is still encrypted to, in a group neither", () => {
  const letter = letterOf(ADDRESS);
  letter.drop();
  expect(() => letter.note("222:1@lid", SEALED)).toThrow("given up");
  expect(() => letter.noteGroup({ ciphertext: SEALED.ciphertext, senderKeyDistributionMessage: SEALED.ciphertext })).toThrow("given up");
  expect(letter.isNoted()).toBe(false);
});
