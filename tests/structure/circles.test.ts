import { describe, expect, it } from "vitest";
import { circlesOf } from "./circles.ts";
import { filesLike, type SourceFile } from "./source-files.ts";

const file = (path: string, text: string): SourceFile => ({ path: `packages/core/src/${path}`, text });
const a = file("a.ts", 'import type { B } from "./rooms/b.ts";');

describe("files that import each other in a circle", () => {
  // reads and parses everything, which takes a while on a busy machine
  it("are in no package, no test and no example", () => {
    expect(circlesOf(filesLike("packages/*/src/**/*.ts", "tests/**/*.ts", "examples/**/*.ts"))).toEqual([]);
  });

  it.each([
    ["by types", 'import type { A } from "../a.ts";'],
    ["on first use", 'const later = () => import("../a.ts");'],
    ["by the name of a type", 'type A = import("../a.ts").A;'],
    ["by handing on", 'export { type A } from "../a.ts";'],
    ["round another file", 'import { c } from "./c.ts";'],
  ])("are found %s", (_name, text) => {
    const c = file("rooms/c.ts", 'import { a } from "../a.ts";');
    expect(circlesOf([a, file("rooms/b.ts", text), c])).toEqual([expect.stringMatching(/^(\S+a\.ts) → .* → \1$/)]);
  });

  it("are told from files that import one thing by two ways, and from what is not there", () => {
    const b = file("rooms/b.ts", 'import { d } from "./d.ts";\nimport { x } from "./gone.ts";\nimport ky from "ky";');
    const c = file("rooms/c.ts", 'import { d } from "./d.ts";\nimport { a } from "../a.ts";');
    expect(circlesOf([a, b, c, file("rooms/d.ts", "")])).toEqual([]);
  });
});
