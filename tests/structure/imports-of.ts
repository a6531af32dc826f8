import ts from "typescript";
import type { SourceFile } from "./source-files.ts";

/** One import: loaded with the file (`value`), on first use (`lazy`), or by the compiler alone (`type`). */
export interface Import {
  readonly specifier: string;
  readonly kind: "value" | "lazy" | "type";
}

/** Everything a file imports or re-exports. */
export function importsOf(file: SourceFile): readonly Import[] {
  const found: Import[] = [];
  const visit = (node: ts.Node): void => {
    const each = readImport(node);
    if (each !== undefined) found.push(each);
    ts.forEachChild(node, visit);
  };
  visit(parse(file));
  return found;
}

/** Parses a file without checking it, once. */
export function parse(file: SourceFile): ts.SourceFile {
  const tree = trees.get(file) ?? ts.createSourceFile(file.path, file.text, ts.ScriptTarget.ES2023, true);
  trees.set(file, tree);
  return tree;
}

const trees = new WeakMap<SourceFile, ts.SourceFile>();

function readImport(node: ts.Node): Import | undefined {
  // `import { type X }` still loads the file under verbatimModuleSyntax; only `import type` does not
  if (ts.isImportDeclaration(node))
    return named(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword ? "type" : "value");
  if (ts.isExportDeclaration(node)) return named(node.moduleSpecifier, node.isTypeOnly ? "type" : "value");
  if (ts.isExternalModuleReference(node)) return named(node.expression, "value");
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return named(node.argument.literal, "type");
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) return named(node.arguments[0], "lazy");
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === "require")
    return named(node.arguments[0], "value");
  return undefined;
}

function named(specifier: ts.Node | undefined, kind: Import["kind"]): Import | undefined {
  return specifier !== undefined && ts.isStringLiteralLike(specifier) ? { specifier: specifier.text, kind } : undefined;
}
