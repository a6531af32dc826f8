import { basename } from "node:path";
import { defineConfig, type UserConfig } from "tsdown";
import { writePapers } from "./tests/packages/packed-papers.ts";

/** How every published package is built: ES modules with declarations and source maps, in `dist`, in the folders of its sources. */
export function published(entry: Record<string, string>): UserConfig {
  return defineConfig({
    entry,
    format: "esm",
    platform: "node",
    target: "node22",
    dts: true,
    sourcemap: true,
    outExtensions: () => ({ js: ".js", dts: ".d.ts" }),
    // a sentence of a docstring is read in the declarations, and costs each process that loads the code
    // who has only the package reads its guides there
    onSuccess: () => writePapers(basename(process.cwd())),
    outputOptions: { comments: { jsdoc: false, annotation: true, legal: true } },
  });
}
