import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { readDocument } from "./file/document.ts";
import { type Operation, operationsOf, pathValues } from "./file/operations.ts";
import { ERROR_ENVELOPE, OWN_FORMS, OWN_OPERATIONS } from "./file/own-operations.ts";
import { applyPatch, isNode, type Node, pointerParts, pointerTo, valueAt } from "./file/patch.ts";
import type { Repair } from "./file/repair.ts";
import { closeComposedSchemas, followDiscriminators, sharePathPatterns } from "./file/rules.ts";
import { reasonsOf } from "./reasons.ts";
import { REPAIRS } from "./repairs.ts";

/** One request and its answer, as a fake reports it. */
export interface Exchange {
  /** Method and path without the version, as in the file. Several paths share one shape, so the fake names it. */
  readonly operation: string;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: unknown;
  };
  readonly response: { readonly status: number; readonly body: unknown };
}

/** One thing that an exchange has and the specification does not allow. */
export interface Issue {
  readonly side: "request" | "answer";
  readonly reason: string;
}

/** The repaired specification. */
export interface Specification {
  readonly document: Node;
  readonly operations: ReadonlyMap<string, Operation>;
  /** Why a body of `POST /messages` is refused; empty when it is accepted. */
  messageReasons(body: unknown): string[];
  /** Why the JSON body of an operation is refused. */
  bodyReasons(operation: string, body: unknown): string[];
  /** Why an answer 200 of an operation is refused. */
  answerReasons(operation: string, body: unknown): string[];
  validateExchange(exchange: Exchange): Issue[];
}

const MESSAGES = "POST /{Phone-Number-ID}/messages";
const MEDIA_DOWNLOAD = "GET /{Media-URL}";

/** Meta's file with its repairs made. `repairs` and `document` are given by tests that leave something out. */
export function createSpecification(repairs: readonly Repair[] = REPAIRS, document: Node = readDocument()): Specification {
  for (const { at, patch } of repairs) applyPatch(document, at, structuredClone(patch));
  const operations = operationsOf(document);
  sharePathPatterns(operations.values());
  // only schemas: looking through the file's examples and headers would take longer than everything else
  const { schemas } = document.components as { schemas: Record<string, Node> };
  const root: Node = {
    components: { schemas },
    operations: Object.fromEntries([...operations].map(([name, { body, answer }]) => [name, { body, answer }])),
  };
  closeComposedSchemas(root);
  followDiscriminators(root);

  // formats that JSON Schema does not know (`url`, `int32`) say nothing; the strict mode is about how a schema is written
  const ajv = addFormats.default(new Ajv2020({ strict: false, allErrors: true, logger: false, validateSchema: false }), [
    "date",
    "email",
    "uri",
  ]);
  ajv.addSchema(root, "meta");
  const compiled = new Map<unknown, ValidateFunction>();
  const bySchema = (schema: Node, value: unknown, key: unknown = schema): string[] => {
    const validate = compiled.get(key) ?? ajv.compile(schema);
    compiled.set(key, validate);
    return validate(value) ? [] : reasonsOf(validate.errors);
  };
  const byPointer = (pointer: string, value: unknown): string[] =>
    bySchema({ $ref: `meta#${pointerTo(...pointerParts(pointer).map(encodeURIComponent))}` }, value, pointer);

  const types = (valueAt(document, "/components/schemas/Message/discriminator/mapping") ?? {}) as Record<string, string>;

  const messageReasons = (body: unknown): string[] => {
    if (!isNode(body)) return ["/ must be an object"];
    if ("status" in body) return byPointer("/components/schemas/Message", body);
    const type = body.type ?? Object.keys(types).find((name) => name in body) ?? "text";
    const target = typeof type === "string" && Object.hasOwn(types, type) ? types[type] : undefined;
    return target === undefined ? [`/type must be one of ${Object.keys(types).join(", ")}`] : byPointer(target.slice(1), body);
  };

  const bodyReasons = (name: string, body: unknown): string[] => {
    const operation = operations.get(name);
    if (name === MESSAGES) return messageReasons(body);
    if (body === undefined) return operation?.bodyRequired ? ["is missing"] : [];
    return operation?.body === undefined ? [] : byPointer(pointerTo("operations", name, "body"), body);
  };

  const requestReasons = (name: string, found: Operation, { method, url, headers, body }: Exchange["request"]): string[] => {
    const { pathname, searchParams } = new URL(url);
    const reasons: string[] = [];
    // Graph takes these in the query and the body too: https://developers.facebook.com/docs/graph-api/guides/secure-requests
    const { access_token, appsecret_proof: _, ...content } = isNode(body) ? body : {};
    const token = /^Bearer\s+\S/.test(headers.authorization ?? "") || searchParams.get("access_token") || access_token;
    if (found.needsToken && !token) reasons.push("there is no access token");
    // where a file is, the answer of `GET /{Media-ID}` says; it is no path of the Graph API
    if (name === MEDIA_DOWNLOAD) return reasons;
    const values = pathValues(found.path, pathname);
    if (method !== found.method || values === undefined) return [...reasons, `${method} ${pathname} is not ${name}`];
    for (const { name: parameter, in: place, required, schema } of found.parameters) {
      // the file's User-Agent is its own client's, and its Content-Type is asked of requests without content too
      if (place === "header") continue;
      const text = place === "path" ? values[parameter] : (searchParams.get(parameter) ?? undefined);
      if (text === undefined && required) reasons.push(`${place} ${parameter} is missing`);
      if (text !== undefined) reasons.push(...bySchema(schema, typed(text, schema)).map((reason) => `${place} ${parameter} ${reason}`));
    }
    const own = OWN_OPERATIONS[name];
    if (own) reasons.push(...bySchema(own.query, Object.fromEntries(searchParams)).map((reason) => `query ${reason}`));
    const form = OWN_FORMS[name];
    if (form && headers["content-type"]?.startsWith("multipart/form-data")) {
      // which Graph reads from the query as well
      const given = Object.fromEntries(
        [...searchParams].filter(([each]) => isNode(form.fields.properties) && each in form.fields.properties),
      );
      return [...reasons, ...bySchema(form.fields, { ...given, ...content }).map((reason) => `form ${reason}`)];
    }
    return [...reasons, ...bodyReasons(name, isNode(body) ? content : body).map((reason) => `body ${reason}`)];
  };

  const answerReasons = (name: string, body: unknown): string[] =>
    operations.get(name)?.answer === undefined ? [] : byPointer(pointerTo("operations", name, "answer"), body);

  const responseReasons = (name: string, { status, body }: Exchange["response"]): string[] => {
    // the connection was dropped, or something before the Graph API answered with a page
    if (status === 0 || (status >= 500 && typeof body === "string")) return [];
    return status >= 400 ? bySchema(ERROR_ENVELOPE, body) : answerReasons(name, body);
  };

  return {
    document,
    operations,
    messageReasons,
    bodyReasons,
    answerReasons,
    validateExchange({ operation, request, response }) {
      const found = operations.get(operation);
      const reasons = found ? requestReasons(operation, found, request) : [`the specification has no operation ${operation}`];
      return [
        ...reasons.map((reason) => ({ side: "request", reason }) as const),
        ...responseReasons(operation, response).map((reason) => ({ side: "answer", reason }) as const),
      ];
    },
  };
}

function typed(text: string, { type }: Node): unknown {
  if ((type === "integer" || type === "number") && /^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  return type === "boolean" && /^(true|false)$/.test(text) ? text === "true" : text;
}

let loaded: Specification | undefined;

/** The specification of this test worker, read and repaired on first use. Throws where Meta's file is absent. */
export function theSpecification(): Specification {
  loaded ??= createSpecification();
  return loaded;
}
