import ts from "typescript";
import { parse } from "./imports-of.ts";
import type { SourceFile } from "./source-files.ts";

/** Exported names without a sentence that says what they are. */
export function undocumentedExports(file: SourceFile): readonly string[] {
  const bare = parse(file).statements.filter((statement) => isExported(statement) && !hasSentence(statement));
  // of overloads, the first one tells
  const names = new Set(bare.map(nameOf));
  for (const statement of parse(file).statements) if (isExported(statement) && hasSentence(statement)) names.delete(nameOf(statement));
  return [...names].map((name) => `${file.path}: ${name} is exported without a sentence that says what it is`);
}

function isExported(statement: ts.Statement): boolean {
  const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
  return modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
}

function hasSentence(statement: ts.Statement): boolean {
  return ts
    .getJSDocCommentsAndTags(statement)
    .some((each) => ts.isJSDoc(each) && (ts.getTextOfJSDocComment(each.comment) ?? "").trim() !== "");
}

function nameOf(statement: ts.Statement): string {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.map(({ name }) => name.getText()).join(", ");
  const { name } = statement as ts.DeclarationStatement;
  return name?.getText() ?? "";
}
