import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** A script for a runtime without Node, and what is in it. */
export interface EdgeBundle {
  readonly script: string;
  readonly inputs: readonly string[];
}

const tests = fileURLToPath(new URL("../..", import.meta.url));

/** Bundles a module for browsers, everything it imports on first use included. Rejects when any of it imports a module of Node's. */
export async function bundleForEdge(source: string): Promise<EdgeBundle> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: source, resolveDir: tests, loader: "ts" },
    bundle: true,
    write: false,
    metafile: true,
    platform: "browser",
    format: "iife",
    globalName: "bundle",
    target: "es2023",
    logLevel: "silent",
  });
  return { script: outputFiles[0]?.text ?? "", inputs: Object.keys(metafile.inputs) };
}
