import { posix } from "node:path";
import { describe, expect, it } from "vitest";
import { filesLike } from "../structure/source-files.ts";
import { type CodeFile, codeFiles } from "./code-blocks.ts";
import { compile } from "./compile.ts";

/**
 * The code of papers, by the path it is compiled under: a folder for each paper, from where the workspace's packages can be imported. What shows
 * a file of an example stands where that file does; a mere region of one is compiled with its file.
 */
function codeOf(
  papers: readonly { readonly path: string; readonly text: string }[],
): ReadonlyMap<string, { paper: string; file: CodeFile }> {
  return new Map(
    papers.flatMap(({ path, text }) =>
      codeFiles(text)
        .filter((file) => !file.text.startsWith("// from: "))
        .map((file) => [placeOf(path, file.name), { paper: path, file }] as const),
    ),
  );
}

function placeOf(paper: string, name: string): string {
  return name.startsWith("examples/") ? name : posix.join("tests/types/papers", paper.replace(/\W/g, "-"), name);
}

/** What the compiler says, at the line of the paper where it says it. */
function complaints(papers: readonly { readonly path: string; readonly text: string }[]): readonly string[] {
  const code = codeOf(papers);
  // `export {}` keeps each block a module, so that two papers may use the same names
  const sources = new Map([...code].map(([path, { file }]) => [path, `${file.text}\nexport {};\n`]));
  return compile(sources).map(({ path, line, message }) => {
    const found = code.get(path);
    return `${found?.paper}:${found?.file.lines[line - 1] ?? 1} ${message}`;
  });
}

describe("the code in the papers", () => {
  it("compiles under the workspace's strict settings", () => {
    expect(complaints(filesLike("*.md", "docs/**/*.md", "packages/*/README.md", "examples/*/README.md"))).toEqual([]);
  });

  it("is one program in which a broken block is found at its line, with its neighbours untouched", () => {
    const good =
      '# Good\n\n```ts\n// file: code.ts\nexport const code: number = 1;\n```\n\n```ts\nimport { code } from "./code.ts";\n```\n\n```ts continued\ncode.toFixed();\n```\n';
    const bad =
      '# Bad\n\n```ts\nimport type { ErrorCode } from "@wadesk/core";\nconst code: ErrorCode = "no_such_code";\n```\n\n```sh\nconst = 1\n```\n';
    const found = complaints([
      { path: "docs/good.md", text: good },
      { path: "docs/bad.md", text: bad },
    ]);
    expect(found).toEqual([expect.stringMatching(/^docs\/bad\.md:5 .*"no_such_code"/)]);
  });
});

describe("code blocks", () => {
  it("stand alone unless they go on with the one before, and carry the name they give themselves", () => {
    const text = "```ts\none\n```\n```ts continued\ntwo\n```\n```json\n{}\n```\n```ts\n// file: app/server.ts\nthree\n```\n";
    expect(codeFiles(text)).toEqual([
      { name: "block-1.ts", text: "one\ntwo\n", lines: [2, 5] },
      { name: "app/server.ts", text: "// file: app/server.ts\nthree\n", lines: [11, 12] },
    ]);
  });

  it("leaves alone a fence shown inside a longer fence", () => {
    expect(codeFiles("````md\n```ts\nwrong\n```\n````\n")).toEqual([]);
  });
});
