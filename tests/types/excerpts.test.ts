import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../packages/public-packages.ts";
import { filesLike } from "../structure/source-files.ts";
import { excerptedText, excerptsOf } from "./excerpts.ts";

const papers = filesLike("*.md", "docs/**/*.md", "packages/*/README.md", "examples/*/README.md");
const excerpts = papers.flatMap(({ path: paper, text }) => excerptsOf(text).map((excerpt) => ({ paper, ...excerpt })));

describe("the papers show files of the examples", () => {
  it.each(excerpts)("as they are: $paper:$line $path $region", ({ path, region, text }) => {
    const file = join(root, path);
    expect(existsSync(file) ? excerptedText(readFileSync(file, "utf8"), region) : "no such file").toBe(text);
  });

  it("among them a storage, whole where it is told from first to last", () => {
    expect(excerpts.length).toBeGreaterThan(10);
  });
});

describe("an excerpt", () => {
  const file =
    'import a from "a";\n// #region one\nconst one = 1;\n// #endregion one\nreturn {\n  // #region two\n  two() {\n    go();\n  },\n  // #endregion two\n};\n';

  it("is a file without its marks, or a region at the left", () => {
    expect(excerptedText(file)).toBe('import a from "a";\nconst one = 1;\nreturn {\n  two() {\n    go();\n  },\n};\n');
    expect(excerptedText(file, "one")).toBe("const one = 1;\n");
    expect(excerptedText(file, "two")).toBe("two() {\n  go();\n},\n");
    expect(excerptedText(file, "three")).toBeUndefined();
  });

  it("is found by its first line", () => {
    const text =
      "```ts\n// file: examples/a/b.ts\none\n```\n```ts\n// from: examples/a/c.ts#part\ntwo\n```\n```ts\n// file: own.ts\nthree\n```\n";
    expect(excerptsOf(text)).toEqual([
      { path: "examples/a/b.ts", text: "one\n", line: 2 },
      { path: "examples/a/c.ts", region: "part", text: "two\n", line: 6 },
    ]);
  });
});
