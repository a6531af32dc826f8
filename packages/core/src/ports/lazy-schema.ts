import type { Schema, SchemaIssue } from "./schema.ts";

/** A Standard Schema as any library makes it: its answer may or may not be a promise. */
interface LoadedSchema<Output> {
  readonly "~standard": {
    readonly validate: (
      value: unknown,
    ) => MaybePromise<{ readonly value: Output; readonly issues?: undefined } | { readonly issues: readonly LoadedIssue[] }>;
  };
}
interface LoadedIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}
type MaybePromise<Value> = Value | Promise<Value>;

/** Makes a {@link Schema} from one that is loaded on the first validation: `lazySchema(() => import("./input-schema.ts").then((file) => file.schema))`. */
export function lazySchema<Input, Output = Input>(load: () => Promise<LoadedSchema<Output>>): Schema<Input, Output> {
  let loading: Promise<LoadedSchema<Output>> | undefined;
  return {
    "~standard": {
      version: 1,
      vendor: "wadesk",
      validate: async (value) => {
        // a load that failed is tried again
        loading ??= load().catch((error: unknown) => {
          loading = undefined;
          throw error;
        });
        const result = await (await loading)["~standard"].validate(value);
        return result.issues === undefined ? { value: result.value } : { issues: result.issues.map(readIssue) };
      },
    },
  };
}

function readIssue({ message, path }: LoadedIssue): SchemaIssue {
  return path === undefined ? { message } : { message, path: path.map((part) => (typeof part === "object" ? part.key : part)) };
}
