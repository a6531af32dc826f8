/** One thing wrong with a value; `path` leads to the field. */
export interface SchemaIssue {
  readonly message: string;
  readonly path?: readonly PropertyKey[];
}

/**
 * Standard Schema v1, always asynchronous, so that a validation library is imported on the first validation and not with the package.
 * @see https://standardschema.dev
 */
export interface Schema<Input, Output = Input> {
  /** The names of its fields, where they are known: any other is refused by name. */
  readonly fields?: readonly string[];
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => Promise<{ readonly value: Output } | { readonly issues: readonly SchemaIssue[] }>;
    readonly types?: { readonly input: Input; readonly output: Output };
  };
}
