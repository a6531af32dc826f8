import { isNode, type Node, valueAt } from "../file/patch.ts";

/** A valid value with one thing broken. */
export interface Mutation {
  /** What was done and where, e.g. `too long at /text/body`. */
  readonly name: string;
  readonly value: unknown;
}

/**
 * Breaks a valid value in turn: each field left out, of a wrong type, unheard of, outside its enum, its pattern, its lengths and its limits, as
 * the schemas for its place say. Some of it may still be valid, e.g. without an optional field: who asks sorts that out.
 */
export function mutationsOf(root: Node, schema: Node, valid: unknown): Mutation[] {
  const found: Mutation[] = [];
  const seen = new Set([JSON.stringify(valid)]);
  visit(root, [schema], valid, "", (what, at, broken) => {
    const value = replaced(valid, at, broken);
    const text = JSON.stringify(value);
    if (seen.has(text)) return;
    seen.add(text);
    found.push({ name: `${what} at ${at || "/"}`, value });
  });
  return found;
}

const GONE = Symbol("left out");

type Report = (what: string, at: string, broken: unknown) => void;

function visit(root: Node, schemas: readonly Node[], value: unknown, at: string, report: Report): void {
  const rules = expanded(root, schemas);
  report("wrong type", at, typeof value === "object" ? "text" : {});
  if (typeof value === "string") breakText(rules, value, at, report);
  if (typeof value === "number") breakNumber(rules, at, report);
  if (Array.isArray(value)) {
    for (const { minItems, maxItems } of rules) {
      if (typeof minItems === "number" && minItems > 0) report("too few", at, value.slice(0, minItems - 1));
      if (typeof maxItems === "number")
        report(
          "too many",
          at,
          Array.from({ length: maxItems + 1 }, (_, index) => value[index % value.length]),
        );
    }
    for (const [index, item] of value.entries())
      visit(
        root,
        rules.flatMap((rule) => node(rule.items)),
        item,
        `${at}/${index}`,
        report,
      );
  }
  if (isNode(value)) {
    report("unheard of", `${at}/unheard_of`, true);
    for (const [key, inner] of Object.entries(value)) {
      const place = `${at}/${key}`;
      report("left out", place, GONE);
      visit(
        root,
        rules.flatMap((rule) => (isNode(rule.properties) ? node(rule.properties[key]) : [])),
        inner,
        place,
        report,
      );
    }
  }
}

function breakText(rules: readonly Node[], value: string, at: string, report: Report): void {
  report("empty", at, "");
  for (const rule of rules) {
    if (Array.isArray(rule.enum) || rule.const !== undefined) report("outside its values", at, `${value}_unheard_of`);
    if (typeof rule.maxLength === "number") report("too long", at, "a".repeat(rule.maxLength + 1));
    if (typeof rule.minLength === "number" && rule.minLength > 0) report("too short", at, "a".repeat(rule.minLength - 1));
    if (typeof rule.pattern === "string" || typeof rule.format === "string") report("outside its pattern", at, "?");
  }
}

function breakNumber(rules: readonly Node[], at: string, report: Report): void {
  for (const { minimum, maximum, type } of rules) {
    if (typeof minimum === "number") report("too small", at, minimum - 1);
    if (typeof maximum === "number") report("too large", at, maximum + 1);
    if (type === "integer") report("no integer", at, 0.5);
  }
}

/** Every schema that may speak about a place: through references, branches and conditions. */
function expanded(root: Node, schemas: readonly Node[]): Node[] {
  const found = new Set<Node>();
  const waiting = [...schemas];
  for (let schema = waiting.pop(); schema; schema = waiting.pop()) {
    if (found.has(schema)) continue;
    found.add(schema);
    if (typeof schema.$ref === "string") waiting.push(...node(valueAt(root, schema.$ref.slice(1))));
    for (const inner of [schema.allOf, schema.oneOf, schema.anyOf].flat()) waiting.push(...node(inner));
    waiting.push(...node(schema.then), ...node(schema.else));
  }
  return [...found];
}

function node(value: unknown): Node[] {
  return isNode(value) ? [value] : [];
}

function replaced(value: unknown, at: string, broken: unknown): unknown {
  if (at === "") return broken;
  const copy = structuredClone(value);
  const parts = at.split("/").slice(1);
  const last = parts.pop() ?? "";
  const parent = parts.reduce<unknown>((inner, part) => (inner as Node)[part], copy) as Node;
  if (broken !== GONE) parent[last] = broken;
  else if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete parent[last];
  return copy;
}
