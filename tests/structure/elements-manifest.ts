import { posix } from "node:path";
import ts from "typescript";
import { parse } from "./imports-of.ts";
import { filesLike, type SourceFile } from "./source-files.ts";

const HOME = "packages/devices/src/elements";
const TAGS = { WadeskDevices: "wadesk-devices", WadeskSettings: "wadesk-settings" } as const;
const BASE = "WadeskElement";

const named = (names: readonly string[]): readonly Named[] => names.map((name) => ({ name }));

interface Named {
  readonly name: string;
  readonly description?: string;
}

/** The custom elements manifest of both elements (`custom-elements.json`, schema 2.1.0), of what their sources say. */
export function elementsManifest(): object {
  const modules = Object.entries(TAGS).map(([name, tagName]) => {
    const path = `src/elements/${tagName}.ts`;
    const own = classIn(source(tagName), name);
    const texts = reached(source(tagName));
    const members = [...membersOf(classIn(source("wadesk-element"), BASE)), ...membersOf(own)];
    return {
      kind: "javascript-module",
      path,
      declarations: [
        {
          kind: "class",
          customElement: true,
          name,
          tagName,
          description: sentenceOf(own),
          members: members.map(({ attribute: _of, ...member }) => member),
          attributes: members.flatMap(({ attribute, name: fieldName, type, description }) =>
            attribute === undefined ? [] : [{ name: attribute, fieldName, type, ...(description && { description }) }],
          ),
          events: events(tagName),
          slots: named(all(texts, /<slot name="([\w-]+)"/g)),
          cssParts: named(partsIn(texts)),
          cssProperties: named(all(texts, /var\((--wadesk-[\w-]+)/g)),
        },
      ],
      exports: [{ kind: "custom-element-definition", name: tagName, declaration: { name, module: path } }],
    };
  });
  return { schemaVersion: "2.1.0", readme: "README.md", modules };
}

function source(name: string): SourceFile {
  const [file] = filesLike(`${HOME}/${name}.ts`);
  if (file === undefined) throw new Error(`${HOME}/${name}.ts is not there`);
  return file;
}

function classIn(file: SourceFile, name: string): ts.ClassDeclaration {
  const found = parse(file).statements.find((each) => ts.isClassDeclaration(each) && each.name?.text === name);
  if (found === undefined || !ts.isClassDeclaration(found)) throw new Error(`${file.path} has no class ${name}`);
  return found;
}

interface Member extends Named {
  readonly kind: "field" | "method";
  readonly type?: { readonly text: string };
  readonly attribute?: string;
}

// what is public: declared fields, which Lit knows by `properties`, and methods that are no callback of the platform's
function membersOf(declaration: ts.ClassDeclaration): readonly Member[] {
  const attributes = attributesOf(declaration);
  return declaration.members.flatMap((member): readonly Member[] => {
    const name = member.name !== undefined && ts.isIdentifier(member.name) ? member.name.text : undefined;
    const hidden = [ts.SyntaxKind.ProtectedKeyword, ts.SyntaxKind.StaticKeyword, ts.SyntaxKind.PrivateKeyword];
    const flags = ts.canHaveModifiers(member) ? (ts.getModifiers(member) ?? []).map(({ kind }) => kind) : [];
    if (name === undefined || flags.some((kind) => hidden.includes(kind)) || name === "connectedCallback") return [];
    const told = sentenceOf(member);
    const shared = { name, ...(told !== "" && { description: told }) };
    if (ts.isMethodDeclaration(member)) return [{ kind: "method", ...shared }];
    if (!ts.isPropertyDeclaration(member)) return [];
    const attribute = attributes.get(name);
    return [
      { kind: "field", ...shared, type: { text: member.type?.getText() ?? "unknown" }, ...(attribute !== undefined && { attribute }) },
    ];
  });
}

/** The attribute of each property that has one. */
function attributesOf(declaration: ts.ClassDeclaration): ReadonlyMap<string, string> {
  const properties = declaration.members.find(
    (each) => ts.isPropertyDeclaration(each) && each.name.getText() === "properties",
  ) as ts.PropertyDeclaration;
  const literal = properties.initializer as ts.ObjectLiteralExpression;
  return new Map(
    literal.properties.flatMap((each) => {
      const [, said] = /attribute: ("[^"]*"|false)/.exec(each.getText()) ?? [];
      const name = each.name?.getText() ?? "";
      return said === "false" ? [] : [[name, said?.slice(1, -1) ?? name.toLowerCase()] as const];
    }),
  );
}

const OF_SETTINGS: readonly string[] = ["wadesk-saved", "wadesk-action", "wadesk-error"];

function events(tagName: string): readonly object[] {
  const details = parse(source("events")).statements.find(
    (each) => ts.isInterfaceDeclaration(each) && each.name.text === "WadeskEventDetails",
  );
  if (details === undefined || !ts.isInterfaceDeclaration(details)) throw new Error("the events have no table any more");
  return details.members.flatMap((member) => {
    const name = member.name !== undefined && ts.isStringLiteral(member.name) ? member.name.text : "";
    if ((tagName === "wadesk-settings") !== OF_SETTINGS.includes(name) && (tagName === "wadesk-settings" || name === "wadesk-saved"))
      return [];
    const told = sentenceOf(member);
    return [{ name, type: { text: `CustomEvent<WadeskEventDetails["${name}"]>` }, ...(told !== "" && { description: told }) }];
  });
}

/** What the text of an element's own files names, each once. */
function all(texts: readonly string[], pattern: RegExp): readonly string[] {
  const found = texts.flatMap((text) => [...text.matchAll(pattern)].flatMap(([, names = ""]) => names.split(" ")));
  return [...new Set(found)].toSorted();
}

/** The parts that are styled from outside: written out, chosen by an expression, or handed to a view that draws them. */
function partsIn(texts: readonly string[]): readonly string[] {
  const chosen = texts.flatMap((text) =>
    [...text.matchAll(/\bpart=\$\{([^}]*)/g)].map(([, expression = ""]) => expression.replaceAll(/=== "[^"]*"/g, "")),
  );
  const found = [...all(texts, /\bpart="([\w -]+)"/g), ...all(texts, /^\s+part: "([\w-]+)",$/gm), ...all(chosen, /["`]([\w -]+)/g)];
  // what ends with a hyphen goes on with a state
  return [...new Set(found)].filter((name) => name !== "" && !name.endsWith("-")).toSorted();
}

/** The texts of a file and of all that it leads to, at once or on first use. */
function reached({ path, text }: SourceFile, seen: Map<string, string> = new Map()): readonly string[] {
  if (!seen.has(path)) {
    seen.set(path, text);
    for (const [, specifier = ""] of text.matchAll(/^(?:(?:import|export) (?!type )[^;]*?from |.*\bimport\()"(\.[^"]+)"/gm))
      for (const file of filesLike(posix.join(posix.dirname(path), specifier))) reached(file, seen);
  }
  return [...seen.values()];
}

function sentenceOf(node: ts.Node): string {
  const [first] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  return (ts.getTextOfJSDocComment(first?.comment) ?? "").replaceAll(/\s+/g, " ").trim();
}
