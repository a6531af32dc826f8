import { isObject, unknownFields } from "../../fields/check-fields.ts";
import type { LoadedIssue } from "./read-issues.ts";
import type { Schema } from "./schema.ts";

/** A Standard Schema as any library makes it: its answer may or may not be a promise. */
interface LoadedSchema<Output> {
  readonly "~standard": {
    readonly validate: (
      value: unknown,
    ) => MaybePromise<{ readonly value: Output; readonly issues?: undefined } | { readonly issues: readonly LoadedIssue[] }>;
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
  let loading: Promise<LoadedSchema<Output>> | undefined;
  return {
    ...(known && { fields: known }),
    "~standard": {
      version: 1,
      vendor: "wadesk",
      validate: async (value) => {
        // a load that failed is tried again
        loading ??= load().catch((error: unknown) => {
          loading = undefined;
          throw error;
        });
        const schema = await loading;
        if (known === undefined) return readResult(await schema["~standard"].validate(value));
        if (!isObject(value)) return { issues: [{ message: `must be an object with ${known.join(", ")}` }] };
        const unknown = unknownFields(value, known).map(({ field, message }) => ({ message, path: [field] }));
        const told = Object.fromEntries(Object.entries(value).filter(([field]) => known.includes(field)));
        const result = await readResult(await schema["~standard"].validate(told));
        return unknown.length === 0 ? result : { issues: [...unknown, ...("issues" in result ? result.issues : [])] };
      },
    },
  };
}

type Result<Output> = Awaited<ReturnType<Schema<unknown, Output>["~standard"]["validate"]>>;

async function readResult<Output>(result: Awaited<ReturnType<LoadedSchema<Output>["~standard"]["validate"]>>): Promise<Result<Output>> {
  if (result.issues === undefined) return { value: result.value };
  const { readIssues } = await import("./read-issues.ts");
  return { issues: readIssues(result.issues) };
}
