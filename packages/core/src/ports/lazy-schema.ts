import { isObject, unknownFields } from "../requests/check-fields.ts";
import type { Schema, SchemaIssue } from "./schema.ts";

/** A Standard Schema as any library makes it: its answer may or may not be a promise. */
interface LoadedSchema<Output> {
  readonly "~standard": {
    readonly validate: (
      value: unknown,
    ) => MaybePromise<{ readonly value: Output; readonly issues?: undefined } | { readonly issues: readonly LoadedIssue[] }>;
  };
}
/** One issue as a library tells it. */
interface LoadedIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
  /** Of zod's, the fields of the object at the path that it does not know. */
  readonly keys?: readonly string[];
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
        const result = readResult(await schema["~standard"].validate(told));
        return unknown.length === 0 ? result : { issues: [...unknown, ...("issues" in result ? result.issues : [])] };
      },
    },
  };
}

type Result<Output> = Awaited<ReturnType<Schema<unknown, Output>["~standard"]["validate"]>>;

function readResult<Output>(result: Awaited<ReturnType<LoadedSchema<Output>["~standard"]["validate"]>>): Result<Output> {
  return result.issues === undefined ? { value: result.value } : { issues: readIssues(result.issues) };
}

/** Issues as any library tells them as ours: an issue of several unknown fields with a line for each is an issue of each. */
export function readIssues(issues: readonly LoadedIssue[]): readonly SchemaIssue[] {
  return issues.flatMap(({ message, path, keys = [] }) => {
    const place = path?.map((part) => (typeof part === "object" ? part.key : part));
    const lines = message.split("\n");
    if (keys.length === 0 || (lines.length < keys.length && lines.length === 1))
      return [place === undefined ? { message } : { message, path: place }];
    return lines.map((line, index) => ({ message: line, path: [...(place ?? []), keys[index] ?? ""] }));
  });
}
