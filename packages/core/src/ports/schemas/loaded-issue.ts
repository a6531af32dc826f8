/** One issue as a validation library tells it, with what zod tells beside its sentence. */
export interface LoadedIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
  /** Of zod's, the fields of the object at the path that it does not know. */
  readonly keys?: readonly string[];
  /** One of zod's, or the schema's own. */
  readonly code?: string | undefined;
  readonly expected?: unknown;
  readonly origin?: unknown;
  readonly minimum?: unknown;
  readonly maximum?: unknown;
  readonly exact?: unknown;
  readonly inclusive?: unknown;
  /** Of zod's, what the value may be; of a schema with codes of its own, what the words speak of. */
  readonly values?: unknown;
  /** Of zod's, the kind of text that it should be, e.g. `url`. */
  readonly format?: unknown;
  /** What a zod schema says beside its own sentence: `{ code: "looks_like_phone", values: { … } }`. */
  readonly params?: unknown;
}
