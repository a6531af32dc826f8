import { expect, it } from "vitest";
import { brokenPromises, endure } from "./endure.ts";
import { FORGED_META } from "./siege.ts";

const DIRECT: readonly (readonly [name: string, status: number])[] = [
  ["unsigned-bytes", 401],
  ["meta-bytes", 413],
  ["twilio-bytes", 401],
  ["meta-large", 401],
  ["twilio-query", 401],
  ["twilio-query-values", 401],
  ["twilio-few-alike", 401],
  ["twilio-many-alike", 401],
  ["twilio-large", 401],
  ["twilio-fields", 401],
];

it("20,000 strangers and what costs most of a heap of 64 MiB neither make it grow by as much, nor keep anybody waiting, nor write an error", {
  timeout: 600_000,
}, async () => {
  const ordeal = await endure(
    20_000,
    DIRECT.map(([name]) => name),
    [
      ["node", {}],
      ["express", FORGED_META],
    ],
  );
  expect(brokenPromises(ordeal)).toEqual([]);
  expect(ordeal.costly.map(({ status }) => status)).toEqual([...DIRECT.map(([, status]) => status), 401, 413]);
  // one line an hour for each of the two channels, and one for bodies over the limit, whoever knocks
  expect(ordeal.warn).toBeLessThanOrEqual(3);
  expect(ordeal.counts.signature_missing).toBeGreaterThan(0);
});
