import { posix } from "node:path";
import { importsOf } from "./imports-of.ts";
import type { SourceFile } from "./source-files.ts";

/** Circles of files that import each other, types and imports on first use included: at least one of each knot of them, as `a → b → a`. */
export function circlesOf(files: readonly SourceFile[]): readonly string[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const circles: string[] = [];
  const done = new Set<string>();
  const trail: string[] = [];
  const walk = (file: SourceFile): void => {
    const { path } = file;
    const start = trail.indexOf(path);
    if (start >= 0) circles.push([...trail.slice(start), path].join(" → "));
    if (start >= 0 || done.has(path)) return;
    trail.push(path);
    for (const { specifier } of importsOf(file)) {
      const target = specifier.startsWith(".") ? byPath.get(posix.join(posix.dirname(path), specifier)) : undefined;
      if (target !== undefined) walk(target);
    }
    trail.pop();
    done.add(path);
  };
  for (const file of files) walk(file);
  return circles;
}
