import addFormats from "ajv-formats";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { readDocument } from "./document.ts";
import { ERROR_ENVELOPE, OWN_OPERATIONS } from "./own-operations.ts";
import { applyPatch, isNode, type Node, pointerParts, pointerTo, valueAt } from "./patch.ts";
import { reasonsOf } from "./reasons.ts";
import { REPAIRS, type Repair } from "./repairs.ts";
import { closeComposedSchemas, followDiscriminators, sharePathPatterns } from "./rules.ts";

/** One request and its answer, as a fake reports it. Bodies are parsed JSON, text, or undefined. */
export interface Exchange {
  readonly operation: string;
  readonly request: { readonly method: string; readonly url: string; readonly headers: HeadersInit; readonly body?: unknown };
  readonly response: { readonly status: number; readonly body?: unknown };
}

/** One thing that an exchange has and the specification does not allow. */
export interface Issue {
  readonly side: "request" | "answer";
  readonly reason: string;
}

/** An operation as the file, or our own supplement to it, describes it. */
export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly required: boolean; readonly schema: Node }[];
  readonly needsToken: boolean;
  /** The JSON body's schema, the request must have one when `bodyRequired`. */
  readonly body?: Node;
  readonly bodyRequired: boolean;
}

/** The repaired specification. */
export interface Specification {
  readonly document: Node;
  operation(name: string): Operation | undefined;
  /** Why a body of `POST /messages` is refused; empty when it is accepted. */
  messageReasons(body: unknown): string[];
  validateExchange(exchange: Exchange): Issue[];
}

const SEND_MESSAGE = "sendMessage";

/** Meta's file with its repairs made. `repairs` is given by tests that leave one out. */
export function createSpecification(repairs: readonly Repair[] = REPAIRS, document: Node = readDocument()): Specification {
  for (const { at, patch } of repairs) applyPatch(document, at, structuredClone(patch));
  closeComposedSchemas(document);
  followDiscriminators(document);
  sharePathPatterns(document);

  // formats that JSON Schema does not know (`url`, `int32`) say nothing; the strict mode is about how a schema is written
  const ajv = addFormats.default(new Ajv2020({ strict: false, allErrors: true, logger: false, validateSchema: false }), [
    "date",
    "email",
    "uri",
  ]);
  ajv.addSchema(document, "meta");
  const compiled = new Map<unknown, ValidateFunction>();
  const reasons = (key: unknown, compile: () => ValidateFunction, value: unknown): string[] => {
    const validate = compiled.get(key) ?? compile();
    compiled.set(key, validate);
    return validate(value) ? [] : reasonsOf(validate.errors);
  };
  const byPointer = (pointer: string, value: unknown): string[] =>
    reasons(pointer, () => ajv.compile({ $ref: `meta#${pointerTo(...pointerParts(pointer).map(encodeURIComponent))}` }), value);
  const bySchema = (schema: Node, value: unknown): string[] => reasons(schema, () => ajv.compile(schema), value);

  const operations = operationsOf(document);
  const types = (valueAt(document, "/components/schemas/Message/discriminator/mapping") ?? {}) as Record<string, string>;

  const messageReasons = (body: unknown): string[] => {
    if (!isNode(body)) return ["/ must be an object"];
    if ("status" in body) return byPointer("/components/schemas/Message", body);
    const type = body.type ?? Object.keys(types).find((name) => name in body) ?? "text";
    const target = typeof type === "string" && Object.hasOwn(types, type) ? types[type] : undefined;
    return target === undefined ? [`/type must be one of ${Object.keys(types).join(", ")}`] : byPointer(target.slice(1), body);
  };

  const requestReasons = (name: string, found: FoundOperation, { method, url, headers, body }: Exchange["request"]): string[] => {
    const { pathname, searchParams } = new URL(url, "https://graph.facebook.com");
    const given = new Headers(headers);
    const values = pathValues(found.path, pathname);
    if (method !== found.method || values === undefined) return [`${method} ${pathname} is not ${found.method} ${found.path}`];
    const wrong: string[] = [];
    // Graph takes the token in the query as well: https://developers.facebook.com/docs/graph-api/overview#step3
    if (found.needsToken && !/^Bearer\s+\S/.test(given.get("authorization") ?? "") && !searchParams.get("access_token")) {
      wrong.push("there is no access token");
    }
    for (const { name: parameter, in: place, required, schema } of found.parameters) {
      // the file's User-Agent is its own client's, and its Content-Type is asked of requests without content too
      if (place === "header") continue;
      const text = place === "path" ? values[parameter] : (searchParams.get(parameter) ?? undefined);
      if (text === undefined && required) wrong.push(`${place} ${parameter} is missing`);
      if (text !== undefined) wrong.push(...bySchema(schema, typed(text, schema)).map((reason) => `${place} ${parameter}: ${reason}`));
    }
    const own = OWN_OPERATIONS[name];
    if (own) wrong.push(...bySchema(own.query, Object.fromEntries(searchParams)).map((reason) => `query: ${reason}`));
    const content = readBody(body);
    if (name === SEND_MESSAGE) return [...wrong, ...messageReasons(content).map((reason) => `body ${reason}`)];
    if (content === undefined && found.bodyRequired) wrong.push("the body is missing");
    if (content !== undefined && isNode(content) && found.bodyPointer !== undefined) {
      wrong.push(...byPointer(found.bodyPointer, content).map((reason) => `body ${reason}`));
    }
    return wrong;
  };

  const answerReasons = (name: string, found: FoundOperation, { status, body }: Exchange["response"]): string[] => {
    const content = readBody(body);
    if (status >= 400) return bySchema(ERROR_ENVELOPE, content);
    const own = OWN_OPERATIONS[name];
    if (own) return bySchema(own.answer, content);
    return found.answerPointer === undefined ? [] : byPointer(found.answerPointer, content);
  };

  return {
    document,
    operation: (name) => operations.get(name),
    messageReasons,
    validateExchange({ operation: name, request, response }) {
      const found = operations.get(name);
      if (found === undefined) return [{ side: "request", reason: `the specification knows no operation ${name}` }];
      return [
        ...requestReasons(name, found, request).map((reason) => ({ side: "request", reason }) as const),
        ...answerReasons(name, found, response).map((reason) => ({ side: "answer", reason }) as const),
      ];
    },
  };
}

interface FoundOperation extends Operation {
  readonly bodyPointer?: string;
  readonly answerPointer?: string;
}

function operationsOf(document: Node): Map<string, FoundOperation> {
  const found = new Map<string, FoundOperation>();
  for (const [path, item] of Object.entries(document.paths as Record<string, Node>)) {
    for (const [verb, operation] of Object.entries(item)) {
      if (!isNode(operation) || typeof operation.operationId !== "string") continue;
      const pointer = pointerTo("paths", path, verb);
      const bodyPointer = `${pointer}/requestBody/content/application~1json/schema`;
      const answerPointer = `${pointer}/responses/200/content/application~1json/schema`;
      const body = valueAt(document, bodyPointer);
      found.set(operation.operationId, {
        method: verb.toUpperCase(),
        path,
        parameters: [operation.parameters, item.parameters]
          .flatMap((list) => (Array.isArray(list) ? list : []))
          .map((each) => resolved(document, each)),
        needsToken: true,
        bodyRequired: (operation.requestBody as Node | undefined)?.required === true,
        ...(isNode(body) && { body: resolved(document, body), bodyPointer }),
        ...(isNode(valueAt(document, answerPointer)) && { answerPointer }),
      });
    }
  }
  for (const [name, { method, path, needsToken }] of Object.entries(OWN_OPERATIONS)) {
    found.set(name, { method, path, needsToken, parameters: [], bodyRequired: false });
  }
  return found;
}

function resolved<Kind>(document: Node, value: Kind & { $ref?: unknown }): Kind {
  return typeof value.$ref === "string" ? (valueAt(document, value.$ref.slice(1)) as Kind) : value;
}

/** The values of a path's parameters, or undefined when the path is of another shape. */
function pathValues(template: string, pathname: string): Record<string, string> | undefined {
  const names = template.split("/");
  const parts = pathname.split("/");
  if (names.length !== parts.length) return undefined;
  const values: Record<string, string> = {};
  for (const [index, name] of names.entries()) {
    const part = decodeURIComponent(parts[index] ?? "");
    if (name.startsWith("{")) values[name.slice(1, -1)] = part;
    else if (name !== part) return undefined;
  }
  return values;
}

function typed(text: string, { type }: Node): unknown {
  return (type === "integer" || type === "number") && /^-?\d+(\.\d+)?$/.test(text)
    ? Number(text)
    : text === "true" || text === "false"
      ? text === "true"
      : text;
}

function readBody(body: unknown): unknown {
  const text = body instanceof Uint8Array ? new TextDecoder().decode(body) : body;
  if (typeof text !== "string") return text ?? undefined;
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
