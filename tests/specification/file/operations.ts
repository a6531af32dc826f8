import { OWN_OPERATIONS } from "./own-operations.ts";
import { isNode, type Node, pointerTo, valueAt } from "./patch.ts";

/** A parameter of a path, a query or a header. */
export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: Node;
}

/** An operation as the file, or our own supplement to it, describes it. */
export interface Operation {
  readonly method: string;
  /** Without the version, e.g. `/{WABA-ID}/phone_numbers`. */
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly needsToken: boolean;
  readonly bodyRequired: boolean;
  /** The schemas of the JSON body and of the answer 200. */
  readonly body?: Node;
  readonly answer?: Node;
}

/** Every operation by its method and its path without the version. */
export function operationsOf(document: Node): ReadonlyMap<string, Operation> {
  const found = new Map<string, Operation>();
  for (const [path, item] of Object.entries(document.paths as Record<string, Node>)) {
    for (const [verb, operation] of Object.entries(item)) {
      if (!isNode(operation) || !isNode(operation.responses)) continue;
      const pointer = pointerTo("paths", path, verb);
      const method = verb.toUpperCase();
      const short = path.replace("/{Version}", "");
      const body = valueAt(document, `${pointer}/requestBody/content/application~1json/schema`);
      const answer = valueAt(document, `${pointer}/responses/200/content/application~1json/schema`);
      found.set(`${method} ${short}`, {
        method,
        path: short,
        parameters: [...parametersOf(document, item), ...parametersOf(document, operation)],
        needsToken: true,
        bodyRequired: isNode(operation.requestBody) && operation.requestBody.required === true,
        ...(isNode(body) && { body }),
        ...(isNode(answer) && { answer }),
      });
    }
  }
  for (const [name, { needsToken, answer }] of Object.entries(OWN_OPERATIONS)) {
    const [method = "", path = ""] = name.split(" ");
    found.set(name, { method, path, needsToken, parameters: [], bodyRequired: false, answer });
  }
  return found;
}

function parametersOf(document: Node, { parameters }: Node): Parameter[] {
  if (!Array.isArray(parameters)) return [];
  return parameters.map((each) => (typeof each.$ref === "string" ? valueAt(document, each.$ref.slice(1)) : each) as Parameter);
}

/** The values of a path's parameters, `Version` among them, or undefined when the path is of another shape. */
export function pathValues(template: string, pathname: string): Record<string, string> | undefined {
  const names = template.split("/");
  const [root = "", version = "", ...rest] = pathname.split("/");
  const parts = [root, ...rest];
  if (names.length !== parts.length) return undefined;
  const values: Record<string, string> = { Version: version };
  for (const [index, name] of names.entries()) {
    const part = decodeURIComponent(parts[index] ?? "");
    if (name.startsWith("{")) values[name.slice(1, -1)] = part;
    else if (name !== part) return undefined;
  }
  return values;
}
