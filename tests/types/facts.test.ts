import { expect, it } from "vitest";
import { filesLike } from "../structure/source-files.ts";
import { compile } from "./compile.ts";

const say = (sources: ReadonlyMap<string, string>): readonly string[] =>
  compile(sources).map(({ path, line, message }) => `${path}:${line} ${message}`);

it("every compile-time fact holds: what must compile does, and what is marked with @ts-expect-error does not", () => {
  const facts = filesLike("tests/types/facts/**/*.ts");
  expect(facts.length).toBeGreaterThan(0);
  expect(say(new Map(facts.map(({ path, text }) => [path, text])))).toEqual([]);
});

it("a fact that no longer holds is found", () => {
  const header = 'import type { ErrorCode } from "@wadesk/core";\n';
  const good = `${header}// @ts-expect-error no such code\nexport const code: ErrorCode = "no_such_code";\n`;
  const stale = `${header}// @ts-expect-error a code that exists\nexport const code: ErrorCode = "signature_invalid";\n`;
  expect(say(new Map([["tests/types/facts/good.ts", good]]))).toEqual([]);
  expect(say(new Map([["tests/types/facts/stale.ts", stale]]))).toEqual([
    expect.stringMatching(/^tests\/types\/facts\/stale\.ts:2 Unused/),
  ]);
});
