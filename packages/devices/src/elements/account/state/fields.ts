import type { WireForm } from "../../../wire/setup.ts";

/** One field of a form, as the channel's JSON Schema has it. */
export interface FormField {
  readonly name: string;
  /** What the schema itself calls it, for a channel that no labels speak of. */
  readonly title?: string;
  readonly description?: string;
  /** `rows` is a list of records, one row each. */
  readonly kind: "text" | "number" | "flag" | "choice" | "rows";
  readonly choices: readonly string[];
  readonly columns: readonly FormField[];
  readonly required: boolean;
  /** It names the vendor's account whose credentials are tried. */
  readonly account: boolean;
  /** Never shown again once it was sent. */
  readonly secret: boolean;
  /** What a text has to match, as a regular expression. */
  readonly pattern?: string;
}

type Schema = Readonly<Record<string, unknown>>;

/** The fields of a form, in the schema's order; what no field can be drawn of is left out. */
export function fieldsOf(form: WireForm | undefined): readonly FormField[] {
  const { properties = {}, required = [] } = (form ?? {}) as {
    readonly properties?: Readonly<Record<string, Schema>>;
    readonly required?: readonly string[];
  };
  return Object.entries(properties).flatMap(([name, schema]) => fieldOf(name, schema, required.includes(name)) ?? []);
}

function fieldOf(name: string, schema: Schema, required: boolean): FormField | undefined {
  // a secret may be given alone or as a list: a form gives one
  const { type, ...plain } = { ...schema, ...firstOf(schema.anyOf) } as Schema;
  const choices = Array.isArray(plain.enum) ? plain.enum.map(String) : [];
  const kind = choices.length > 0 ? "choice" : kindOf(type, plain);
  if (kind === undefined) return undefined;
  return {
    name,
    ...(typeof schema.title === "string" && { title: schema.title }),
    ...(typeof schema.description === "string" && { description: schema.description }),
    kind,
    choices,
    columns: kind === "rows" ? fieldsOf(plain.items as Schema) : [],
    required,
    account: schema["x-account"] === true,
    secret: schema.writeOnly === true,
    ...(typeof plain.pattern === "string" && { pattern: plain.pattern }),
  };
}

function firstOf(list: unknown): Schema {
  return Array.isArray(list) ? ((list[0] ?? {}) as Schema) : {};
}

function kindOf(type: unknown, { items }: Schema): FormField["kind"] | undefined {
  if (type === "boolean") return "flag";
  if (type === "number" || type === "integer") return "number";
  if (type === "array") return (items as Schema | undefined)?.type === "object" ? "rows" : undefined;
  return type === "object" ? undefined : "text";
}
