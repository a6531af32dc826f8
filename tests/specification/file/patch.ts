/** Anything that JSON can say, read as an object. */
export type Node = { [key: string]: unknown };

/**
 * A change to one place of a document. `include` and `exclude` name a member of an array by its value, so that rows do not depend
 * on one another's positions.
 */
export type Patch =
  | { readonly add: unknown }
  | { readonly replace: unknown }
  | { readonly remove: true }
  | { readonly include: unknown }
  | { readonly exclude: unknown };

/** Whether a value is an object and no array. */
export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The parts of a JSON pointer (RFC 6901). */
export function pointerParts(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** A JSON pointer to these parts. */
export function pointerTo(...parts: readonly string[]): string {
  return parts.map((part) => `/${part.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** What a pointer leads to, or undefined. */
export function valueAt(document: unknown, pointer: string): unknown {
  return pointerParts(pointer).reduce<unknown>((value, part) => (value as Node | undefined)?.[part], document);
}

/** Changes the document in place. Throws where the place is not as the row says: a row that the file has outgrown is found at once. */
export function applyPatch(document: Node, pointer: string, patch: Patch): void {
  const parts = pointerParts(pointer);
  const last = parts.pop() ?? "";
  const parent = valueAt(document, pointerTo(...parts)) as Node | undefined;
  if (typeof parent !== "object" || parent === null) throw new Error(`${pointer}: there is nothing above it`);
  const standing = parent[last];
  if ("add" in patch) {
    if (standing !== undefined) throw new Error(`${pointer}: is there already`);
    parent[last] = patch.add;
  } else if (standing === undefined) {
    throw new Error(`${pointer}: is not there`);
  } else if ("replace" in patch) {
    parent[last] = patch.replace;
  } else if ("remove" in patch) {
    delete parent[last];
  } else {
    parent[last] = changedMembers(pointer, standing, patch);
  }
}

function changedMembers(pointer: string, standing: unknown, patch: { include: unknown } | { exclude: unknown }): unknown[] {
  if (!Array.isArray(standing)) throw new Error(`${pointer}: is no array`);
  if ("include" in patch) {
    if (standing.includes(patch.include)) throw new Error(`${pointer}: has ${JSON.stringify(patch.include)} already`);
    return [...standing, patch.include];
  }
  if (!standing.includes(patch.exclude)) throw new Error(`${pointer}: has no ${JSON.stringify(patch.exclude)}`);
  return standing.filter((member) => member !== patch.exclude);
}
