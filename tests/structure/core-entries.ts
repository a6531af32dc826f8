import ts from "typescript";
import { parse } from "./imports-of.ts";
import type { SourceFile } from "./source-files.ts";

/** What an entry exports: the names that exist at run time, and all names. */
export interface Entry {
  readonly values: readonly string[];
  readonly names: readonly string[];
}

/** Reads an entry that consists of `export { … } from`. */
export function entryOf(file: SourceFile): Entry {
  const all = parse(file).statements.flatMap((statement) => {
    if (!ts.isExportDeclaration(statement) || statement.exportClause === undefined || !ts.isNamedExports(statement.exportClause)) return [];
    const types = statement.isTypeOnly;
    return statement.exportClause.elements.map((each) => ({ name: each.name.text, type: types || each.isTypeOnly }));
  });
  return { values: all.filter(({ type }) => !type).map(({ name }) => name), names: all.map(({ name }) => name) };
}

/** The names that two entries share, so that a reader would have to choose. */
export function sharedNames(one: Entry, other: Entry): readonly string[] {
  return one.names.filter((name) => other.names.includes(name));
}
