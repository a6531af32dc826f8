import { expect, it } from "vitest";
import { memoryRecords } from "../testing/memory-records.ts";
import { createJournal } from "./journal.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const entry = (id: string, words: string) => ({ attrs: { id, from: "222@lid" }, plaintext: bytes(words) });
const nameOf = ({ attrs }: { readonly attrs: Readonly<Record<string, string>> }): string => attrs.id ?? "";

it("what an earlier session left is read in the order in which it came, however much it is", async () => {
  const records = memoryRecords();
  const before = createJournal(records, () => 5);
  for (let index = 0; index < 30; index += 1)
    await records.set(before.enter(`${29 - index}`, bytes(`c${index}`), entry(`${29 - index}`, `${index}`)));
  const left = await createJournal(records, () => 0).left(nameOf);
  expect(left.map(({ plaintext }) => Buffer.from(plaintext).toString())).toEqual(
    Array.from({ length: 30 }, (_unused, index) => `${index}`),
  );
});

it("a ciphertext of a message is known by itself, and everything of a message is closed together", async () => {
  const records = memoryRecords();
  const journal = createJournal(records, () => 5);
  await records.set(journal.enter("a", bytes("key"), entry("A", "a key")));
  await records.set(journal.enter("a", bytes("words"), entry("A", "the words")));
  await records.set(journal.enter("b", bytes("other"), entry("A", "somebody else's")));
  expect([journal.find(bytes("words"), { id: "A" })?.plaintext, journal.find(bytes("words"), { id: "B" })]).toEqual([
    bytes("the words"),
    undefined,
  ]);
  await records.set(journal.close(["a"]));
  expect([journal.has("a"), journal.has("b"), records.rows.size]).toEqual([false, true, 1]);
});
