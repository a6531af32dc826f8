import type { NoticeValues } from "../../errors/notice.ts";

/** One thing wrong with a value; `path` leads to the field. */
export interface SchemaIssue {
  /** The English sentence, without the field at its front. */
  readonly message: string;
  /** Leads to the field; absent for the value itself. */
  readonly path?: readonly PropertyKey[];
  /** What is wrong, in snake_case: an `IssueCode`, or a code of the schema's own; where it says none, core finds one. */
  readonly code?: string;
  /** What its words speak of. */
  readonly values?: NoticeValues;
}

/**
 * A value as JSON Schema (draft 2020-12), of which a form can be drawn. Beside the words of the standard a field may say `writeOnly`, for a secret, and
 * `x-account`, for what names the account or number whose credentials are tried.
 */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * Standard Schema v1, always asynchronous, so that a validation library is imported on the first validation and not with the package.
 * @see https://standardschema.dev
 */
export interface Schema<Input, Output = Input> {
  /** The names of its fields, where they are known: any other is refused by name. */
  readonly fields?: readonly string[];
  /** What is given, as a form needs it; nothing where its library cannot tell. Absent where none was asked. */
  readonly form?: () => Promise<JsonSchema | undefined>;
  /** As the standard has it. */
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => Promise<{ readonly value: Output } | { readonly issues: readonly SchemaIssue[] }>;
    readonly types?: { readonly input: Input; readonly output: Output };
  };
}
