import { posix } from "node:path";
import { describe, expect, it } from "vitest";
import { entriesOf, publicPackages } from "../packages/public-packages.ts";
import { declaredNames, docFaults, type Known } from "./doc-paths.ts";
import { filesLike, packageFiles, repositoryFiles } from "./source-files.ts";

const withFolders = (paths: readonly string[]): ReadonlySet<string> => {
  const folders = paths.flatMap((path) => path.split("/").map((_part, index, parts) => parts.slice(0, index).join("/")));
  return new Set([...paths, ...folders].map((path) => posix.normalize(path)));
};

describe("the papers", () => {
  // reads every file, which takes a while on a busy machine
  it("name only what is there", () => {
    const files = repositoryFiles();
    const known: Known = {
      paths: withFolders(files.map(({ path }) => path)),
      entries: new Set(publicPackages().flatMap(entriesOf)),
      names: new Set([...packageFiles(), ...filesLike("examples/*/**/*.ts")].flatMap(declaredNames)),
    };
    const papers = files.filter(({ path }) => path.endsWith(".md") && !path.startsWith(".changeset/"));
    expect(papers.length).toBeGreaterThan(0);
    expect(papers.flatMap((paper) => docFaults(paper, known))).toEqual([]);
  });

  const known: Known = {
    paths: withFolders(["docs/guides/quick-start.md", "packages/core/src/index.ts", "README.md"]),
    entries: new Set(["@wadesk/core"]),
    names: new Set(declaredNames({ path: "a.ts", text: "export function createWadesk(): void {}\ninterface Wadesk { drain(): void }" })),
  };
  const faults = (text: string): readonly string[] => docFaults({ path: "docs/guides/other.md", text }, known);

  it("may link to files, headings and pages, and name paths, packages and functions", () => {
    expect(faults("[start](quick-start.md#first) [top](../../README.md) [page](https://example.com/x) [below](#below)")).toEqual([]);
    expect(
      faults(
        "`packages/core/` `packages/*/src/index.ts` `packages/{core}/src` `@wadesk/core` `@wadesk/*` `createWadesk()` `drain()` `npx -y x`",
      ),
    ).toEqual([]);
    expect(faults("```sh\ncat packages/gone/index.ts # `packages/gone`\n```")).toEqual([]);
  });

  it.each([
    ["a link to nothing", "[start](quickstart.md)"],
    ["a path that is gone", "see `packages/core/src/gone.ts`"],
    ["a pattern that fits nothing", "see `docs/*/gone.md`"],
    ["one choice that is gone", "see `packages/{core,gone}/src`"],
    ["a package that cannot be imported", "install `@wadesk/core/gone`"],
    ["a function that nobody declares", "call `makeWadesk({ storage })`"],
  ])("are refused for %s", (_name, text) => {
    expect(faults(text)).toHaveLength(1);
  });
});
