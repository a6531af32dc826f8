import { posix } from "node:path";
import { importsOf } from "./imports-of.ts";
import type { SourceFile } from "./source-files.ts";

/** What loading one entry loads too. */
export interface Eager {
  /** From outside. */
  readonly packages: ReadonlySet<string>;
  /** Of our own, by their paths. */
  readonly files: ReadonlySet<string>;
}

/** Finds it by following the entry's static imports through our own files. */
export function eagerImports(entry: string, files: ReadonlyMap<string, SourceFile>): Eager {
  const packages = new Set<string>();
  const seen = new Set<string>();
  const follow = (path: string): void => {
    const file = files.get(path);
    if (file === undefined || seen.has(path)) return;
    seen.add(path);
    for (const { specifier, kind } of importsOf(file)) {
      if (kind !== "value") continue;
      if (specifier.startsWith(".")) follow(posix.join(posix.dirname(path), specifier));
      else packages.add(packageName(specifier));
    }
  };
  follow(entry);
  return { packages, files: seen };
}

function packageName(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}
