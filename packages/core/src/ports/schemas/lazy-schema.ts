import type { FieldIssue } from "../../errors/wadesk-error.ts";
import { isObject, noObject, unknownFields } from "../../fields/check-fields.ts";
import { once } from "../../time/once.ts";
import type { LoadedIssue } from "./loaded-issue.ts";
import type { JsonSchema, Schema, SchemaIssue } from "./schema.ts";

/** A Standard Schema as any library makes it: its answer may or may not be a promise. */
interface LoadedSchema<Output> {
  readonly "~standard": {
    readonly validate: (
      value: unknown,
    ) => MaybePromise<{ readonly value: Output; readonly issues?: undefined } | { readonly issues: readonly LoadedIssue[] }>;
    /** Standard JSON Schema, where the library has it. */
    readonly jsonSchema?: { readonly input: (options: { readonly target: "draft-2020-12" }) => JsonSchema };
  };
}
type MaybePromise<Value> = Value | Promise<Value>;

/**
 * Makes a {@link Schema} from one that is loaded on the first validation: `lazySchema(() => import("./input-schema.ts").then((file) => file.schema))`.
 * With the names of its `fields` one that is unknown is refused, with the name that was probably meant.
 */
export function lazySchema<Input, Output = Input>(
  load: () => Promise<LoadedSchema<Output>>,
  fields?: Readonly<Record<keyof NoInfer<Input> & string, true>>,
): Schema<Input, Output> {
  const known = fields && Object.keys(fields);
  const loaded = once(load);
  return {
    ...(known && { fields: known }),
    form: async () => formOf(await loaded()),
    "~standard": {
      version: 1,
      vendor: "wadesk",
      validate: async (value) => {
        const schema = await loaded();
        if (known === undefined) return readResult(await schema["~standard"].validate(value), value);
        if (!isObject(value)) return { issues: [asSchemaIssue(noObject(known))] };
        const unknown = unknownFields(value, known).map(asSchemaIssue);
        const told = Object.fromEntries(Object.entries(value).filter(([field]) => known.includes(field)));
        const result = await readResult(await schema["~standard"].validate(told), told);
        return unknown.length === 0 ? result : { issues: [...unknown, ...("issues" in result ? result.issues : [])] };
      },
    },
  };
}

// throws for what JSON has no word for, such as a function
function formOf(schema: LoadedSchema<unknown>): JsonSchema | undefined {
  try {
    return schema["~standard"].jsonSchema?.input({ target: "draft-2020-12" });
  } catch {
    return undefined;
  }
}

type Result<Output> = Awaited<ReturnType<Schema<unknown, Output>["~standard"]["validate"]>>;

async function readResult<Output>(
  result: Awaited<ReturnType<LoadedSchema<Output>["~standard"]["validate"]>>,
  value: unknown,
): Promise<Result<Output>> {
  if (result.issues === undefined) return { value: result.value };
  const { readIssues } = await import("./read-issues.ts");
  return { issues: readIssues(result.issues, value) };
}

function asSchemaIssue({ field, ...issue }: FieldIssue): SchemaIssue {
  return field === "" ? issue : { ...issue, path: [field] };
}
