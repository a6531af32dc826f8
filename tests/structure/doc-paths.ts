import { posix } from "node:path";
import ts from "typescript";
import { parse } from "./imports-of.ts";
import type { SourceFile } from "./source-files.ts";

/** What the papers may name. */
export interface Known {
  /** Every file and folder of the repository. */
  readonly paths: ReadonlySet<string>;
  /** Every public entry: `@wadesk/core`, `@wadesk/webhooks/express`. */
  readonly entries: ReadonlySet<string>;
  /** Every name that our sources declare: exports, members, functions. */
  readonly names: ReadonlySet<string>;
}

/** Links, paths, packages and functions that a Markdown file names and that are not there. Code blocks are compiled elsewhere. */
export function docFaults({ path, text }: SourceFile, known: Known): readonly string[] {
  const prose = text.replace(/^(```+)[^\n]*\n[\s\S]*?^\1[ \t]*$/gm, "");
  const links = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target).filter((target) => !/^([a-z]+:|#)/.test(target));
  const spans = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, span = ""]) => span.trim());
  const places = [...links.map((target) => resolveLink(path, target)), ...spans.filter(looksLikePath)];
  return [
    ...places.filter((place) => !isThere(place, known.paths)).map((place) => `${path} names ${place}, which is not there`),
    ...spans
      .filter((span) => span.startsWith("@wadesk/") && !/[*<]/.test(span) && !known.entries.has(span))
      .map((span) => `${path} names ${span}, which cannot be imported`),
    ...spans
      .flatMap(calledName)
      .filter((name) => !known.names.has(name))
      .map((name) => `${path} names ${name}(), which our sources do not declare`),
  ];
}

/** The names that a source file declares, at the top and as members of its types and objects. */
export function declaredNames(file: SourceFile): readonly string[] {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    const declared =
      (ts.isFunctionDeclaration(node) || ts.isVariableDeclaration(node) || ts.isTypeElement(node) || ts.isObjectLiteralElement(node)) &&
      node.name;
    if (declared && ts.isIdentifier(declared)) names.push(declared.text);
    ts.forEachChild(node, visit);
  };
  visit(parse(file));
  return names;
}

function resolveLink(from: string, target: string): string {
  const [place = ""] = target.split("#");
  return posix.normalize(place.startsWith("/") ? place.slice(1) : posix.join(posix.dirname(from), place));
}

function looksLikePath(span: string): boolean {
  return /^(packages|docs|tests|examples|\.ci|\.changeset)\/[\w./{},*[\]-]*$/.test(span);
}

/** A place may hold `*` and `{a,b}`; one match of each is enough. */
function isThere(place: string, paths: ReadonlySet<string>): boolean {
  const clean = place.replace(/\/$/, "");
  const choices = /^([^{]*)\{([^}]*)\}(.*)$/.exec(clean);
  if (choices !== null) {
    const [, before = "", inside = "", after = ""] = choices;
    return inside.split(",").every((choice) => isThere(before + choice + after, paths));
  }
  if (!clean.includes("*")) return paths.has(clean);
  return [...paths].some((path) => posix.matchesGlob(path, clean));
}

/** `toExpress` of `toExpress(handler)`; nothing for `wadesk.send()` on an object of the reader's. */
function calledName(span: string): readonly string[] {
  const [, name] = /^(?:new )?([A-Za-z_$][\w$]*)\(.*\)$/.exec(span) ?? [];
  return name === undefined ? [] : [name];
}
