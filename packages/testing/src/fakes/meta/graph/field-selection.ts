import { graphError } from "./graph-error.ts";
import { type Fields, isFields } from "./rules.ts";

/** What was asked for of a node: each field, and what of it. */
export type Selection = ReadonlyMap<string, Selection | undefined>;

/** What a kind of node can tell, and what it tells unasked. */
export interface NodeView {
  /** Meta's name of the kind, as its errors write it. */
  readonly type: string;
  /** Every field it has; an undefined value is left away, as Meta does. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly defaults: readonly string[];
}

/** Reads `fields`, e.g. `id,name,owner_business_info{id,name}`. Undefined without one. Throws on unbalanced braces. */
export function readSelection(written: string | null): Selection | undefined {
  if (written === null || written.trim() === "") return undefined;
  const tokens = written.match(/[{},]|[^{},\s]+/g) ?? [];
  let position = 0;
  const level = (nested: boolean): Selection => {
    const found = new Map<string, Selection | undefined>();
    while (position < tokens.length && tokens[position] !== "}") {
      const name = (tokens[position] ?? "").replace(/\.\w+\([^)]*\)/g, "");
      position += 1;
      if (name === ",") continue;
      if (name === "{") throw syntaxError(written);
      if (tokens[position] === "{") {
        position += 1;
        found.set(name, level(true));
        if (tokens[position] !== "}") throw syntaxError(written);
        position += 1;
      } else found.set(name, undefined);
    }
    if (!nested && position < tokens.length) throw syntaxError(written);
    return found;
  };
  return level(false);
}

/** Answers the fields that were asked for, or the usual ones, always with the id. Throws 100 on a field that the node does not have. */
export function selectFields(view: NodeView, selection: Selection | undefined): Fields {
  const asked: Selection = selection ?? new Map(view.defaults.map((name) => [name, undefined]));
  const answer: Record<string, unknown> = {};
  for (const [name, nested] of asked) {
    if (!Object.hasOwn(view.values, name)) {
      throw graphError(100, { message: `(#100) Tried accessing nonexisting field (${name}) on node type (${view.type})` });
    }
    const value = view.values[name];
    if (value !== undefined) answer[name] = nested ? narrow(value, nested, name) : value;
  }
  return view.values.id === undefined ? answer : { ...answer, id: view.values.id };
}

function narrow(value: unknown, selection: Selection, type: string): unknown {
  if (Array.isArray(value)) return value.map((each) => narrow(each, selection, type));
  return isFields(value) ? selectFields({ type, values: value, defaults: [] }, selection) : value;
}

function syntaxError(written: string): Error {
  return graphError(2500, { message: `Syntax error "Expected end of string instead of "{"." at character 1: ${written}` });
}
