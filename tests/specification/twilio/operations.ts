import type { Parameter } from "../file/operations.ts";
import { isNode, type Node, pointerTo, valueAt } from "../file/patch.ts";
import { OWN_TWILIO_OPERATIONS } from "./own-operations.ts";

/** An operation as one of the files, or our own supplement to them, describes it. */
export interface TwilioOperationShape {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly needsCredentials: boolean;
  readonly contentType: string | undefined;
  /** Whether the body is a form, whose values are text. */
  readonly form: boolean;
  readonly bodyRequired: boolean;
  /** The schemas of the body and of the answer, with references into the files. */
  readonly body?: Node;
  readonly answer?: Node;
  /** The status of an answer that grants. */
  readonly status: number;
  /** The values of the path's places; undefined when it is of another shape. */
  pathValues(pathname: string): Record<string, string> | undefined;
}

const FORM = "application/x-www-form-urlencoded";

/** Every operation by its method and its path. */
export function twilioOperations(documents: readonly Node[]): ReadonlyMap<string, TwilioOperationShape> {
  const found = new Map<string, TwilioOperationShape>();
  for (const [index, document] of documents.entries()) {
    for (const [path, item] of Object.entries(document.paths as Record<string, Node>)) {
      for (const verb of ["get", "post", "put", "delete"]) {
        const operation = item[verb];
        if (!isNode(operation) || !isNode(operation.responses)) continue;
        const content = valueAt(operation, "/requestBody/content");
        const [contentType] = isNode(content) ? Object.keys(content) : [];
        const body = contentType === undefined ? undefined : valueAt(content, pointerTo(contentType, "schema"));
        const [status = "200"] = Object.keys(operation.responses);
        const answer = valueAt(operation.responses, pointerTo(status, "content", "application/json", "schema"));
        found.set(`${verb.toUpperCase()} ${path}`, {
          method: verb.toUpperCase(),
          path,
          parameters: (operation.parameters ?? []) as Parameter[],
          needsCredentials: true,
          contentType,
          form: contentType === FORM,
          // a form's fields may be required without the word being on the body
          bodyRequired: valueAt(operation, "/requestBody/required") === true || Array.isArray(valueAt(body, "/required")),
          ...(isNode(body) && { body: inFile(index, body) }),
          ...(isNode(answer) && { answer: inFile(index, answer) }),
          status: Number(status),
          pathValues: (pathname) => pathValues(path, pathname),
        });
      }
    }
  }
  for (const [name, { needsCredentials, status }] of Object.entries(OWN_TWILIO_OPERATIONS)) {
    const [method = "", path = ""] = name.split(" ");
    const rest = { parameters: [], contentType: undefined, form: false, bodyRequired: false };
    found.set(name, { method, path, needsCredentials, status, ...rest, pathValues: (pathname) => pathValues(path, pathname) });
  }
  return found;
}

/** The schema with its references leading into a file, and `nullable` spelled out. */
function inFile(index: number, schema: Node): Node {
  const text = JSON.stringify(schema).replaceAll('"#/components/', `"twilio${index}#/components/`);
  return JSON.parse(
    text.replaceAll(/"type":"(string|integer|number|boolean|object|array)","nullable":true/g, '"type":["$1","null"]'),
  ) as Node;
}

function pathValues(template: string, pathname: string): Record<string, string> | undefined {
  const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  const pattern = template.replaceAll(".", "\\.").replaceAll(/\{\w+\}/g, "([^/]+?)");
  const values = new RegExp(`^${pattern}$`).exec(pathname)?.slice(1);
  return values && Object.fromEntries(names.map((name, place) => [name, decodeURIComponent(values[place] ?? "")]));
}
