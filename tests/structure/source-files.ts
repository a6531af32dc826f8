import { execFileSync } from "node:child_process";
import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../packages/public-packages.ts";

/** One file of the repository: its path from the top folder, with slashes, and its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** Every file whose path fits one of the patterns. */
export function filesLike(...patterns: readonly string[]): readonly SourceFile[] {
  const ours = (path: string): boolean => !/(^|\/)(node_modules|dist)(\/|$)/.test(path);
  return patterns.flatMap((pattern) => globSync(pattern, { cwd: root }).filter(ours).sort()).map(readSource);
}

/** The TypeScript of every package, tests included. */
export function packageFiles(): readonly SourceFile[] {
  return filesLike("packages/*/src/**/*.ts");
}

/** Every file that is in the repository or would be added to it. */
export function repositoryFiles(): readonly SourceFile[] {
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { cwd: root, encoding: "utf8" });
  const paths = listed.split("\n").filter((path) => path !== "" && existsSync(join(root, path)));
  return [...new Set(paths)].map(readSource);
}

/** The folder's name under `packages`. */
export function packageOf(path: string): string {
  return path.split("/")[1] ?? "";
}

/** Whether a file holds tests. */
export function isTest(path: string): boolean {
  return path.endsWith(".test.ts");
}

/** Whether a file is there for the tests of its package alone: a test, or what stands in a `src/testing` folder. */
export function isForTests(path: string): boolean {
  return isTest(path) || path.includes("/src/testing/");
}

function readSource(path: string): SourceFile {
  return { path: path.replaceAll("\\", "/"), text: readFileSync(join(root, path), "utf8") };
}
