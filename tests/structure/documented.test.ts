import { expect, it } from "vitest";
import { undocumentedExports } from "./documented.ts";
import { filesLike, isTest, packageFiles } from "./source-files.ts";

const bare = (text: string): readonly string[] => undocumentedExports({ path: "seal.ts", text });

it("every exported name has a sentence that says what it is", () => {
  const files = [...packageFiles(), ...filesLike("tests/**/*.ts")].filter(
    ({ path }) => !isTest(path) && !/^tests\/(packages\/(consumer|environments)|types\/facts)\//.test(path),
  );
  expect(files.flatMap(undocumentedExports)).toEqual([]);
});

it.each([
  ["a function", "export function seal(): void {}"],
  ["a type", "export type Key = string;"],
  ["an interface", "export interface Key { readonly id: string }"],
  ["a constant", 'export const KEY = "k1";'],
])("finds %s that lacks it, and takes it once it is there", (_name, text) => {
  expect(bare(text)).toHaveLength(1);
  expect(bare(`/** Seals a value. */\n${text}`)).toEqual([]);
  expect(bare(`// seals a value\n${text}`)).toHaveLength(1);
  expect(bare(`/** @see https://example.com */\n${text}`)).toHaveLength(1);
});

it("asks for one sentence for all overloads of a function, and for none where nothing is exported", () => {
  expect(
    bare("/** Seals. */\nexport function seal(a: string): void;\nexport function seal(a: number): void;\nexport function seal(): void {}"),
  ).toEqual([]);
  expect(bare('function seal(): void {}\nexport { seal };\nexport type { Key } from "./key.ts";')).toEqual([]);
});
