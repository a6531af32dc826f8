import { expect, it } from "vitest";
import { signalDevice } from "./signal-device.ts";

const device = (registrationId: number) => signalDevice({ registrationId });
const [text, more] = [Buffer.from("hello"), Buffer.from("again")];

it("a session that was begun under one address is none under another", () => {
  const [ann, bob] = [device(1), device(2)];
  const begun = ann.encrypt("bob", () => bob.takeBundle(), text);
  bob.decrypt("ann by LID", begun.type, begun.ciphertext, "ann by number");
  expect(bob.encrypt("ann by LID", () => ann.takeBundle(), more).type).toBe("msg");
  expect(bob.encrypt("ann by number", () => ann.takeBundle(), more).type).toBe("pkmsg");
});

it("a session that is written in under both addresses is known by both, its beginning too", () => {
  const [ann, bob] = [device(1), device(2)];
  const begin = () => ann.encrypt("bob", () => bob.takeBundle(), text);
  const [first, second] = [begin(), begin()];
  bob.decrypt("ann by number", first.type, first.ciphertext, "ann by LID");
  expect([second.type, bob.decrypt("ann by LID", second.type, second.ciphertext, "ann by number")]).toEqual(["pkmsg", text]);
  for (const address of ["ann by number", "ann by LID"]) {
    const answer = bob.encrypt(address, () => ann.takeBundle(), more);
    expect([answer.type, ann.decrypt("bob", answer.type, answer.ciphertext)]).toEqual(["msg", more]);
  }
});

it("a message under another address than its session's is read where that address is named, and nowhere else", () => {
  const [ann, bob] = [device(1), device(2)];
  const begun = ann.encrypt("bob", () => bob.takeBundle(), text);
  bob.decrypt("ann by number", begun.type, begun.ciphertext);
  const answer = bob.encrypt("ann by number", () => ann.takeBundle(), text);
  ann.decrypt("bob", answer.type, answer.ciphertext);
  const { type, ciphertext } = ann.encrypt("bob", () => bob.takeBundle(), more);
  expect(() => bob.decrypt("ann by LID", type, ciphertext)).toThrow("there is no session with ann by LID");
  expect(bob.decrypt("ann by LID", type, ciphertext, "ann by number")).toEqual(more);
});
