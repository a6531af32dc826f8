import { z } from "zod";

/** Words with what they speak of, as core's notices are. */
export type Values = Readonly<Record<string, string | number>>;

/** Texts and numbers by name. */
export const values: z.ZodType<Values> = z.record(z.string(), z.union([z.string(), z.number()]));

/** One field that was wrong. */
export interface WireIssue {
  /** By its name, of nested ones a dotted path, e.g. `content.text`. */
  readonly field: string;
  /** In snake_case, e.g. `required`, for words in another language. */
  readonly code: string;
  /** What the words speak of, e.g. a limit; absent where the code says it all. */
  readonly values?: Values;
  /** The same in English, without the field at its front. */
  readonly message: string;
}

/** What went wrong, in core's codes or in one of the handler's own. */
export interface WireFailure {
  /** In snake_case, e.g. `number_in_use`: one of core's error codes, or one that the handler's own refusals have, e.g. `owner_needed`. */
  readonly code: string;
  /** What can be done next. */
  readonly remedy: string;
  /** The English sentence. */
  readonly message: string;
  /** Milliseconds to wait before the same is tried again; absent where nobody said how long. */
  readonly retryAfterMs?: number;
  /** The fields that were wrong, all of them at once; absent where the failure is about no field. */
  readonly issues?: readonly WireIssue[];
  /** What the vendor said, for its support. */
  readonly vendor?: {
    readonly vendor: string;
    readonly code?: string | number;
    readonly subcode?: string | number;
    readonly traceId?: string;
  };
}

/** The schema of {@link WireFailure}. */
export const failure: z.ZodType<WireFailure> = z.strictObject({
  code: z.string().meta({ description: "In snake_case, e.g. `number_in_use`." }),
  remedy: z.enum(["retry", "reconnect", "pair-again", "change-request", "wait", "none"]),
  message: z.string().meta({ description: "The English sentence: what is so, then what to do." }),
  retryAfterMs: z.number().exactOptional(),
  issues: z
    .array(z.strictObject({ field: z.string(), code: z.string(), values: values.exactOptional(), message: z.string() }))
    .exactOptional(),
  vendor: z
    .strictObject({
      vendor: z.string(),
      code: z.union([z.string(), z.number()]).exactOptional(),
      subcode: z.union([z.string(), z.number()]).exactOptional(),
      traceId: z.string().exactOptional(),
    })
    .exactOptional(),
});

/** What every refusal answers. */
export interface Problem {
  /** Beside the HTTP status, which is 422 where it was the vendor that refused: 401 and 403 are about who asks. */
  readonly error: WireFailure;
}

/** The schema of {@link Problem}. */
export const problem: z.ZodType<Problem> = z.strictObject({ error: failure });
