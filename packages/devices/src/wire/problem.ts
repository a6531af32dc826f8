import { z } from "zod";

/** Words with what they speak of, as core's notices are. */
export type Values = Readonly<Record<string, string | number>>;

/** Texts and numbers by name. */
export const values: z.ZodType<Values> = z.record(z.string(), z.union([z.string(), z.number()]));

/** One field that was wrong. */
export interface WireIssue {
  readonly field: string;
  readonly code: string;
  readonly values?: Values;
  readonly message: string;
}

/** What went wrong, in core's codes or in one of the handler's own. */
export interface WireFailure {
  readonly code: string;
  /** What can be done next. */
  readonly remedy: string;
  /** The English sentence. */
  readonly message: string;
  readonly retryAfterMs?: number;
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
  readonly error: WireFailure;
}

/** The schema of {@link Problem}. */
export const problem: z.ZodType<Problem> = z.strictObject({ error: failure });
