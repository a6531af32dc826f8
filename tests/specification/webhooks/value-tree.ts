import { isNode, type Node, valueAt } from "../file/patch.ts";

/** Which fields a value may have, at every level: those of all values that were looked at, together. */
export interface ValueTree {
  readonly keys: Map<string, ValueTree>;
  /** What the items of a list have; absent where nobody writes a list here. */
  items: ValueTree | undefined;
  /** The words and figures that stand here. */
  readonly words: Set<unknown>;
}

/** A tree that knows of nothing yet. */
export function emptyTree(): ValueTree {
  return { keys: new Map(), items: undefined, words: new Set() };
}

/** Adds what an example has. */
export function addExample(tree: ValueTree, value: unknown): void {
  if (Array.isArray(value)) {
    tree.items ??= emptyTree();
    for (const item of value) addExample(tree.items, item);
  } else if (isNode(value)) {
    for (const [key, inner] of Object.entries(value)) addExample(keyOf(tree, key), inner);
  } else {
    tree.words.add(value);
  }
}

/** Adds what a schema allows: every property of every branch. */
export function addSchema(tree: ValueTree, document: Node, schema: unknown, depth = 0): void {
  if (!isNode(schema) || depth > 20) return;
  if (typeof schema.$ref === "string") addSchema(tree, document, valueAt(document, schema.$ref.slice(1)), depth + 1);
  for (const branches of [schema.allOf, schema.oneOf, schema.anyOf]) {
    if (Array.isArray(branches)) for (const branch of branches) addSchema(tree, document, branch, depth + 1);
  }
  if (isNode(schema.properties)) {
    for (const [key, inner] of Object.entries(schema.properties)) addSchema(keyOf(tree, key), document, inner, depth + 1);
  }
  if (schema.items !== undefined) {
    tree.items ??= emptyTree();
    addSchema(tree.items, document, schema.items, depth + 1);
  }
  if (Array.isArray(schema.enum)) for (const word of schema.enum) tree.words.add(word);
}

function keyOf(tree: ValueTree, key: string): ValueTree {
  const found = tree.keys.get(key) ?? emptyTree();
  tree.keys.set(key, found);
  return found;
}
