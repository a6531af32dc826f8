import ts from "typescript";
import { parse } from "./imports-of.ts";
import { isForTests, isTest, packageOf, type SourceFile } from "./source-files.ts";

/** An exported function or constant that implements a port. */
export interface Implementation {
  readonly path: string;
  readonly name: string;
  readonly port: string;
}

/** The contract suite of each port. */
const CONTRACTS: Readonly<Record<string, string>> = {
  Channel: "channelContract",
  SessionChannel: "sessionContract",
  "Line.media": "mediaContract",
  "Channel.session": "sessionContract",
  Storage: "storageContract",
  WebhookSource: "webhookSourceContract",
  Mount: "mountContract",
};

/** What a channel brings along as a part of itself, and how it looks in its file. */
const PARTS: readonly (readonly [port: string, looks: RegExp])[] = [
  ["Line.media", /^\s+media: \{$/m],
  ["Channel.session", /^\s+session: \{/m],
];

// a stand-in for whichever channel, not one of its own
const STAND_INS: readonly string[] = ["AnyChannel"];

/** Implementations whose tests never call their port's contract: a test in the same package or in `tests` must call it and name them. */
export function contractFaults(files: readonly SourceFile[]): readonly string[] {
  const all = implementationsOf(files);
  const tests = files.filter(({ path }) => isTest(path));
  return all
    .filter((each) => {
      // a channel brings its webhook source along, so naming the channel names the source
      const names = all
        .filter((other) => other === each || (each.port === "WebhookSource" && isSibling(each, other)))
        .map(({ name }) => name);
      return !tests.some(
        (test) => isNear(test, each) && calls(test, CONTRACTS[each.port] ?? "") && names.some((name) => mentions(test, name)),
      );
    })
    .map(({ path, name, port }) => `${path}: ${name} is a ${port}, and no test hands it to ${CONTRACTS[port]}`);
}

/** Every exported implementation of a port, read from the types that exports declare. The mount of `mounts/express.ts` is `toExpress`. */
export function implementationsOf(files: readonly SourceFile[]): readonly Implementation[] {
  const sources = files.filter(({ path }) => !isForTests(path));
  const aliases = new Map(sources.flatMap(aliasesOf));
  const portOf = (name: string | undefined, depth = 0): string | undefined => {
    if (name === undefined || depth > 5 || STAND_INS.includes(name)) return undefined;
    return name in CONTRACTS ? name : portOf(aliases.get(name), depth + 1);
  };
  return sources.flatMap((file) =>
    exportsOf(file).flatMap(({ name, type }) => {
      const port = name === mountOf(file.path) ? "Mount" : portOf(typeName(type));
      if (port === undefined) return [];
      const own = { path: file.path, name, port };
      if (port !== "Channel") return [own];
      return [own, ...PARTS.filter(([, looks]) => looks.test(file.text)).map(([part]) => ({ ...own, port: part }))];
    }),
  );
}

function mountOf(path: string): string | undefined {
  const [, first, rest] = /\/mounts\/([a-z])([a-z]*)\.ts$/.exec(path) ?? [];
  return first === undefined ? undefined : `to${first.toUpperCase()}${rest}`;
}

/** `type CloudApiChannel = Channel<…>` and `interface CloudApiChannel extends Channel<…>`: the new name and the one it stands for. */
function aliasesOf(file: SourceFile): readonly (readonly [string, string])[] {
  return parse(file).statements.flatMap((statement) => {
    const target = ts.isTypeAliasDeclaration(statement)
      ? typeName(statement.type)
      : ts.isInterfaceDeclaration(statement)
        ? statement.heritageClauses?.[0]?.types[0]?.expression.getText()
        : undefined;
    const named = ts.isTypeAliasDeclaration(statement) || ts.isInterfaceDeclaration(statement);
    return named && target !== undefined ? [[statement.name.text, target] as const] : [];
  });
}

function exportsOf(file: SourceFile): readonly { readonly name: string; readonly type: ts.TypeNode | undefined }[] {
  return parse(file).statements.flatMap((statement) => {
    const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
    if (!modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return [];
    if (ts.isFunctionDeclaration(statement)) return [{ name: statement.name?.text ?? "", type: statement.type }];
    if (!ts.isVariableStatement(statement)) return [];
    return statement.declarationList.declarations.map(({ name, type }) => ({ name: name.getText(), type }));
  });
}

/** The name of a type, looking through `Promise<…>`. */
function typeName(type: ts.TypeNode | undefined): string | undefined {
  if (type === undefined || !ts.isTypeReferenceNode(type)) return undefined;
  const name = type.typeName.getText();
  return name === "Promise" ? typeName(type.typeArguments?.[0]) : name;
}

function isSibling(one: Implementation, other: Implementation): boolean {
  return packageOf(one.path) === packageOf(other.path) && other.port === "Channel";
}

function isNear(test: SourceFile, { path }: Implementation): boolean {
  return test.path.startsWith("tests/") || packageOf(test.path) === packageOf(path);
}

function calls(test: SourceFile, contract: string): boolean {
  return new RegExp(`\\b${contract}\\(`).test(test.text);
}

function mentions(test: SourceFile, name: string): boolean {
  return new RegExp(`\\b${name}\\b`).test(test.text);
}
