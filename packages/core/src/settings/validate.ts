import type { ErrorCode } from "../errors/error-table.ts";
import { under } from "../fields/check-fields.ts";
import { invalid } from "../fields/invalid.ts";
import { isName } from "../fields/nearest-name.ts";
import type { Schema } from "../ports/schemas/schema.ts";

/** Checks a value against a schema. Rejects with `code`, naming every field that is wrong, below `at` where the value stands under another field. */
export async function validate<Output>(
  schema: Schema<unknown, Output>,
  value: unknown,
  code: ErrorCode = "input_invalid",
  at?: string,
): Promise<Output> {
  const result = await schema["~standard"].validate(value);
  if ("value" in result) return result.value;
  // one that did not come through lazySchema tells them as its library does
  const { readIssues } = await import("../ports/schemas/read-issues.ts");
  const issues = readIssues(result.issues, value).map(({ path = [], code = "invalid", values, message }) => ({
    field: path.map(nameOf).join("."),
    code,
    ...(values && { values }),
    message,
  }));
  throw invalid(under(at, issues), code);
}

// what is no name may be a secret in the wrong place
function nameOf(part: PropertyKey): string {
  const text = String(part);
  return isName(text) ? text : "?";
}
