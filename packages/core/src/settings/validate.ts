import type { ErrorCode } from "../errors/error-table.ts";
import { invalid } from "../fields/invalid.ts";
import { isName } from "../fields/nearest-name.ts";
import type { Schema } from "../ports/schemas/schema.ts";

/** Checks a value against a schema. Rejects with `code`, naming every field that is wrong. */
export async function validate<Output>(
  schema: Schema<unknown, Output>,
  value: unknown,
  code: ErrorCode = "input_invalid",
): Promise<Output> {
  const result = await schema["~standard"].validate(value);
  if ("value" in result) return result.value;
  throw invalid(
    result.issues.map(({ path = [], message }) => ({ field: path.map(nameOf).join("."), message })),
    code,
  );
}

// what is no name may be a secret in the wrong place
function nameOf(part: PropertyKey): string {
  const text = String(part);
  return isName(text) ? text : "?";
}
