import type { Operation } from "./operations.ts";
import { isNode, type Node } from "./patch.ts";

const SCHEMAS = "#/components/schemas/";

/**
 * The file writes "this and nothing else" on a branch of an `allOf`, where it refuses what the other branch brings. Moves it to the
 * composed schema, as JSON Schema 2020-12 says it: `unevaluatedProperties: false` beside the `allOf`.
 * @see https://json-schema.org/understanding-json-schema/reference/object#unevaluatedproperties
 */
export function closeComposedSchemas(document: Node): void {
  walk(document, (schema) => {
    const branches = Array.isArray(schema.allOf) ? schema.allOf.filter(isNode) : [];
    if (!branches.some((branch) => branch.additionalProperties === false)) return;
    for (const branch of branches) delete branch.additionalProperties;
    schema.unevaluatedProperties = false;
  });
}

/**
 * The file names the subtypes of a schema in `discriminator.mapping`, which validators take for a hint. Says the same as `if`/`then`, so
 * that a component of type `button` is held to the button's schema. What extends such a schema extends its plain form.
 * @see https://spec.openapis.org/oas/v3.1.0#discriminator-object
 */
export function followDiscriminators(document: Node): void {
  const schemas = schemasOf(document);
  for (const [name, schema] of Object.entries(schemas)) {
    const discriminator = schema.discriminator;
    if (!isNode(discriminator) || !isNode(discriminator.mapping) || schema.oneOf !== undefined) continue;
    const property = String(discriminator.propertyName);
    const plain = `${name}.plain`;
    for (const target of Object.values(discriminator.mapping)) {
      const extension = schemas[String(target).slice(SCHEMAS.length)];
      for (const branch of Array.isArray(extension?.allOf) ? extension.allOf.filter(isNode) : []) {
        if (branch.$ref === SCHEMAS + name) branch.$ref = SCHEMAS + plain;
      }
    }
    const { discriminator: _, ...rest } = schema;
    schemas[plain] = rest;
    schemas[name] = {
      allOf: [
        { $ref: SCHEMAS + plain },
        ...Object.entries(discriminator.mapping).map(([value, $ref]) => ({
          if: { properties: { [property]: { const: value } }, required: [property] },
          // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own word
          then: { $ref },
        })),
      ],
    };
  }
}

/**
 * The file gives a path parameter its pattern on some operations and forgets it on others: the version is `v` and two numbers everywhere.
 * Gives each parameter without a pattern the one that the same name has elsewhere.
 */
export function sharePathPatterns(operations: Iterable<Operation>): void {
  const parameters = [...operations].flatMap((operation) => operation.parameters.filter((parameter) => parameter.in === "path"));
  const patterns = new Map(parameters.filter(({ schema }) => schema.pattern).map(({ name, schema }) => [name, schema.pattern]));
  for (const { name, schema } of parameters) {
    if (schema.pattern === undefined && patterns.has(name)) schema.pattern = patterns.get(name);
  }
}

/** The named schemas of a document. */
function schemasOf(document: Node): { [name: string]: Node } {
  return (document.components as { schemas: { [name: string]: Node } }).schemas;
}

function walk(value: unknown, visit: (node: Node) => void): void {
  if (typeof value !== "object" || value === null) return;
  if (isNode(value)) visit(value);
  for (const inner of Object.values(value)) walk(inner, visit);
}
