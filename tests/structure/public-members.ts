import { join, posix } from "node:path";
import { readFileSync } from "node:fs";
import ts from "typescript";
import { publicPackages, root } from "../packages/public-packages.ts";
import { parse } from "./imports-of.ts";
import type { SourceFile } from "./source-files.ts";

/** Members that a user of an entry sees, and that have no sentence for an editor to show. */
export function bareMembersOf(entry: SourceFile): readonly string[] {
  const found = exportedBy(entry).flatMap(({ file, name }) => bareMembers(file, name).map((member) => `${file.path}: ${member}`));
  return [...new Set(found)].sort();
}

/** Every public entry as users write it, with its file: `@wadesk/webhooks/express`. */
export function publicEntries(): ReadonlyMap<string, SourceFile> {
  const entries = publicPackages().flatMap(({ folder, name }) => {
    const place = `packages/${folder}`;
    const { exports } = JSON.parse(readFileSync(join(root, place, "package.json"), "utf8")) as {
      readonly exports: Readonly<Record<string, string>>;
    };
    const sources = Object.entries(exports).filter(([, path]) => path.endsWith(".ts"));
    return sources.map(([entry, path]) => [name + entry.slice(1), read(posix.join(place, path))] as const);
  });
  return new Map(entries);
}

/** The members of one declaration without a sentence, as `Name.member`. One whose type is a single literal says itself what it is. */
export function bareMembers(file: SourceFile, name: string): readonly string[] {
  return parse(file).statements.flatMap((statement) => {
    if (ts.isInterfaceDeclaration(statement) && statement.name.text === name) return bareOf(statement.members, name);
    if (ts.isTypeAliasDeclaration(statement) && statement.name.text === name)
      return literalsOf(statement.type).flatMap((each) => bareOf(each.members, name));
    return [];
  });
}

function bareOf(members: ts.NodeArray<ts.TypeElement>, name: string): readonly string[] {
  const named = members.filter((member) => member.name !== undefined && !isLiteral(member));
  const told = new Set(named.filter(hasSentence).map(nameOf));
  // of overloads, one tells
  return [...new Set(named.map(nameOf))].filter((member) => !told.has(member)).map((member) => `${name}.${member}`);
}

function literalsOf(type: ts.TypeNode): readonly ts.TypeLiteralNode[] {
  if (ts.isTypeLiteralNode(type)) return [type];
  if (ts.isParenthesizedTypeNode(type)) return literalsOf(type.type);
  return ts.isUnionTypeNode(type) || ts.isIntersectionTypeNode(type) ? type.types.flatMap(literalsOf) : [];
}

function isLiteral(member: ts.TypeElement): boolean {
  if (!ts.isPropertySignature(member) || member.type === undefined || !ts.isLiteralTypeNode(member.type)) return false;
  return ts.isStringLiteral(member.type.literal) || member.type.literal.kind === ts.SyntaxKind.TrueKeyword;
}

function hasSentence(member: ts.TypeElement): boolean {
  return ts
    .getJSDocCommentsAndTags(member)
    .some((each) => ts.isJSDoc(each) && (ts.getTextOfJSDocComment(each.comment) ?? "").trim() !== "");
}

function nameOf(member: ts.TypeElement): string {
  return member.name?.getText() ?? "";
}

interface Exported {
  readonly file: SourceFile;
  readonly name: string;
}

/** What an entry exports, each with the file that declares it. */
function exportedBy(file: SourceFile): readonly Exported[] {
  return parse(file).statements.flatMap((statement): readonly Exported[] => {
    if (!ts.isExportDeclaration(statement)) return declaredIn(file, statement);
    const { moduleSpecifier: from, exportClause } = statement;
    if (from === undefined || !ts.isStringLiteral(from) || !from.text.startsWith(".")) return [];
    const source = read(posix.join(posix.dirname(file.path), from.text));
    const all = exportedBy(source);
    if (exportClause === undefined || !ts.isNamedExports(exportClause)) return all;
    const wanted = new Set(exportClause.elements.map((element) => (element.propertyName ?? element.name).text));
    return all.filter(({ name }) => wanted.has(name));
  });
}

function declaredIn(file: SourceFile, statement: ts.Statement): readonly Exported[] {
  const isExported = ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
  if (!isExported || !(ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement))) return [];
  return [{ file, name: statement.name.text }];
}

function read(path: string): SourceFile {
  return { path, text: readFileSync(join(root, path), "utf8") };
}
