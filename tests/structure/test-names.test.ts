import { expect, it } from "vitest";
import { filesLike } from "./source-files.ts";
import { testNameFaults } from "./test-names.ts";

const faults = (text: string): readonly string[] => testNameFaults({ path: "seal.test.ts", text });

it("every test's name states a fact", () => {
  expect(filesLike("packages/*/src/**/*.test.ts", "tests/**/*.test.ts").flatMap(testNameFaults)).toEqual([]);
});

it("accepts a fact, refuses a wish", () => {
  expect(faults('it("refuses a changed form", () => { say("it should"); });')).toEqual([]);
  expect(faults('it("should refuse a changed form", () => {});')).toHaveLength(1);
  expect(faults('describe.each([1])("seal %i", () => { it.each([2])("Should open", () => {}); });')).toHaveLength(1);
});
