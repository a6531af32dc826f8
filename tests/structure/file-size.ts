import { posix } from "node:path";
import { CROWDED_FOLDERS } from "./crowded-folders.ts";
import { isTest, type SourceFile } from "./source-files.ts";

const FORBIDDEN: readonly string[] = ["utils", "util", "helpers", "helper", "common", "shared", "types", "constants", "misc"];
const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)*\.ts$/;

/** What is wrong with the size, the name or the place of files; a folder of more than nine source files is `crowded`, by name and with the reason. */
export function sizeFaults(files: readonly SourceFile[], crowded = CROWDED_FOLDERS): readonly string[] {
  return [...files.flatMap(fileFaults), ...depthFaults(files), ...folderFaults(files, crowded)];
}

function fileFaults({ path, text }: SourceFile): readonly string[] {
  const lines = text.replace(/\n$/, "").split("\n").length;
  const limit = isTest(path) || path.startsWith("tests/") ? 300 : 250;
  const name = posix.basename(path);
  const stem = name.slice(0, name.indexOf("."));
  return [
    lines > limit && `${path} has ${lines} lines, ${limit} are allowed: what would two rooms be called?`,
    FORBIDDEN.includes(stem) && `${path}: "${stem}" says nothing about what is inside`,
    !KEBAB.test(name) && `${path} is not named in kebab-case`,
  ].filter((fault) => fault !== false);
}

/** A third folder below src stands for a prefix: it has another beside it, and without it each would be named after the folder they share. */
function depthFaults(files: readonly SourceFile[]): readonly string[] {
  const folders = new Set(files.map(({ path }) => posix.dirname(path)));
  const hasNeighbour = (folder: string): boolean =>
    [...folders].some((other) => other !== folder && posix.dirname(other) === posix.dirname(folder));
  return files.flatMap(({ path }) => {
    const folder = posix.dirname(path);
    const depth = folder.split("/src/")[1]?.split("/").length ?? 0;
    if (depth > 3) return [`${path} is more than three folders below src`];
    return depth < 3 || hasNeighbour(folder)
      ? []
      : [`${path} is three folders below src, and its folder has no other beside it: one level less says the same`];
  });
}

function folderFaults(files: readonly SourceFile[], crowded: Readonly<Record<string, string>>): readonly string[] {
  const counts = new Map<string, number>();
  for (const { path } of files) {
    const folder = posix.dirname(path);
    if (path.includes("/src/") && !isTest(path)) counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts].flatMap(([folder, count]) => {
    if (count > 9 && !(folder in crowded))
      return [
        `${folder} holds ${count} source files: what would two rooms be called? If nothing, list it in crowded-folders.ts and say why`,
      ];
    return count <= 9 && folder in crowded ? [`${folder} holds ${count} source files and is crowded no more: take it off the list`] : [];
  });
}
