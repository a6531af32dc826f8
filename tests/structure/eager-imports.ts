import { posix } from "node:path";
import { importsOf } from "./imports-of.ts";
import type { SourceFile } from "./source-files.ts";

/** The packages from outside that loading one entry loads too, found by following its static imports through our own files. */
export function eagerPackages(entry: string, files: ReadonlyMap<string, SourceFile>): ReadonlySet<string> {
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
  return packages;
}

function packageName(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}
