import { Ajv, type ValidateFunction } from "ajv";
import { applyPatch, isNode, type Node, pointerParts, pointerTo, valueAt } from "../file/patch.ts";
import { reasonsOf } from "../reasons.ts";
import type { Exchange, Issue } from "../specification.ts";
import { readTwilioDocuments } from "./documents.ts";
import { FORMATS } from "./formats.ts";
import { type TwilioOperationShape, twilioOperations } from "./operations.ts";
import { FILE_BYTES, NEEDED_FIELDS, TWILIO_ERROR } from "./own-operations.ts";
import { TWILIO_REPAIRS, type TwilioRepair } from "./repairs.ts";

/** Twilio's repaired specification. */
export interface TwilioSpecification {
  readonly operations: ReadonlyMap<string, TwilioOperationShape>;
  /** The file that describes an operation, repaired; undefined for one of our own. */
  documentOf(operation: string): Node | undefined;
  /** Why an answer that grants is refused. */
  answerReasons(operation: string, body: unknown): string[];
  /** Why the fields of a body are refused; empty when they are accepted. */
  bodyReasons(operation: string, body: unknown): string[];
  validateExchange(exchange: Exchange): Issue[];
}

/** Twilio's files with their repairs made. Both are given by tests that leave something out. */
export function createTwilioSpecification(
  repairs: readonly TwilioRepair[] = TWILIO_REPAIRS,
  documents: Node[] = readTwilioDocuments(),
): TwilioSpecification {
  for (const { at, patch } of repairs) {
    const [top = "", key = ""] = pointerParts(at);
    const owner = documents.find((document) => valueAt(document, pointerTo(top, key, ...pointerParts(at).slice(2, 3))) !== undefined);
    if (!owner) throw new Error(`${at}: is in none of the files`);
    applyPatch(owner, at, structuredClone(patch));
  }
  const operations = twilioOperations(documents);
  // a form's single value stands for a list of one, and its numbers are text
  const ajv = new Ajv({ strict: false, allErrors: true, coerceTypes: "array", logger: false, validateSchema: false, formats: FORMATS });
  const exact = new Ajv({ strict: false, allErrors: true, logger: false, validateSchema: false, formats: FORMATS });
  for (const [index, document] of documents.entries()) {
    const { schemas } = document.components as { schemas: Node };
    const root = { components: { schemas: nullableSpelled(schemas) } };
    ajv.addSchema(root, `twilio${index}`);
    exact.addSchema(root, `twilio${index}`);
  }
  const compiled = new Map<string, ValidateFunction>();
  const bySchema = (judge: Ajv, schema: Node, value: unknown, key: string): string[] => {
    const validate = compiled.get(key) ?? judge.compile(schema);
    compiled.set(key, validate);
    return validate(structuredClone(value)) ? [] : reasonsOf(validate.errors);
  };

  const bodyReasons = (name: string, body: unknown): string[] => {
    const found = operations.get(name);
    if (!found?.body) return [];
    if (body === undefined) return found.bodyRequired ? ["is missing"] : [];
    if (!isNode(body)) return ["/ must be an object"];
    // Twilio takes an empty parameter of a form for an absent one
    const fields = found.form ? Object.fromEntries(Object.entries(body).filter(([, value]) => value !== "")) : body;
    return bySchema(found.form ? ajv : exact, found.body, fields, `${name} body`);
  };

  const requestReasons = (name: string, found: TwilioOperationShape, { method, url, headers, body }: Exchange["request"]): string[] => {
    const { pathname, searchParams } = new URL(url);
    const reasons: string[] = [];
    if (found.needsCredentials && !/^Basic\s+\S/i.test(headers.authorization ?? "")) reasons.push("there are no credentials");
    const values = found.pathValues(pathname);
    if (method !== found.method || values === undefined) return [...reasons, `${method} ${pathname} is not ${name}`];
    for (const { name: parameter, in: place, required, schema } of found.parameters) {
      const text = place === "path" ? values[parameter] : (searchParams.get(parameter) ?? undefined);
      if (text === undefined && required) reasons.push(`${place} ${parameter} is missing`);
      if (text === undefined) continue;
      reasons.push(
        ...bySchema(ajv, { properties: { value: schema } }, { value: text }, `${name} ${parameter}`).map(
          (reason) => `${place} ${parameter} ${reason.replace("/value ", "")}`,
        ),
      );
    }
    const type = (headers["content-type"] ?? "").split(";")[0];
    if (body !== undefined && found.contentType !== undefined && type !== found.contentType)
      reasons.push(`the body is ${type}, not ${found.contentType}`);
    return [...reasons, ...bodyReasons(name, body).map((reason) => `body ${reason}`)];
  };

  const answerReasons = (name: string, body: unknown): string[] => {
    const answer = operations.get(name)?.answer;
    if (!answer) return [];
    if (!isNode(body)) return ["/ must be an object"];
    const missing = (NEEDED_FIELDS[name] ?? []).flatMap((path) => missingAt(body, path.split("/")).map((at) => `${at} is missing`));
    return [...missing, ...bySchema(exact, answer, body, `${name} answer`)];
  };

  const responseReasons = (name: string, { status, body }: Exchange["response"]): string[] => {
    // the connection was dropped, or something before the API answered with a page
    if (status === 0 || (status >= 500 && typeof body === "string")) return [];
    // where the bytes of a file lie another network answers, and in XML
    if (status >= 400 && name === FILE_BYTES && typeof body === "string") return body.startsWith("<?xml") ? [] : ["error is no XML"];
    if (status >= 400) return bySchema(exact, TWILIO_ERROR, body, "error");
    const found = operations.get(name);
    if (!found) return [];
    return status === found.status ? answerReasons(name, body) : [`${status} instead of ${found.status}`];
  };

  return {
    operations,
    documentOf: (name) => documents.find((document) => valueAt(document, pointerTo("paths", name.split(" ")[1] ?? "")) !== undefined),
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

function missingAt(value: unknown, [part = "", ...rest]: readonly string[], at: string = ""): string[] {
  if (part === "*") return Array.isArray(value) ? value.flatMap((item, index) => missingAt(item, rest, `${at}/${index}`)) : [at];
  const place = `${at}/${part}`;
  if (!isNode(value) || value[part] === undefined) return [place];
  return rest.length === 0 ? [] : missingAt(value[part], rest, place);
}

/** OpenAPI 3.0 writes `nullable` beside a reference, which JSON Schema reads as nothing. */
function nullableSpelled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(nullableSpelled);
  if (!isNode(value)) return value;
  const { nullable, ...rest } = value;
  const inner = Object.fromEntries(Object.entries(rest).map(([key, each]) => [key, nullableSpelled(each)]));
  if (nullable !== true) return inner;
  if (typeof inner.type !== "string") return { anyOf: [{ type: "null" }, inner] };
  // the files' own examples have null where an enum is nullable
  return { ...inner, type: [inner.type, "null"], ...(Array.isArray(inner.enum) && { enum: [...inner.enum, null] }) };
}

let loaded: TwilioSpecification | undefined;

/** The specification of this test worker, read and repaired on first use. Throws where one of Twilio's files is absent. */
export function theTwilioSpecification(): TwilioSpecification {
  loaded ??= createTwilioSpecification();
  return loaded;
}
