import type { ErrorCode } from "../errors/error-table.ts";
import { type FieldIssue, WadeskError } from "../errors/wadesk-error.ts";
import type { Schema } from "../ports/schema.ts";

/** Checks a value against a schema. Rejects with `code`, naming every field that is wrong. */
export async function validate<Output>(
  schema: Schema<unknown, Output>,
  value: unknown,
  code: ErrorCode = "input_invalid",
): Promise<Output> {
  const result = await schema["~standard"].validate(value);
  if ("value" in result) return result.value;
  const issues = result.issues.map((issue): FieldIssue => ({ field: (issue.path ?? []).map(String).join("."), message: issue.message }));
  throw new WadeskError(code, { issues, detail: issues.map(describe).join("; ") });
}

function describe({ field, message }: FieldIssue): string {
  return field === "" ? message : `${field}: ${message}`;
}
