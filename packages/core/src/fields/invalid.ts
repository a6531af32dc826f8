import type { ErrorCode } from "../errors/error-table.ts";
import type { IssueCode } from "../errors/issue-code.ts";
import type { NoticeValues } from "../errors/notice.ts";
import { type FieldIssue, WadeskError } from "../errors/wadesk-error.ts";

// what has more wrong with it is no slip of the pen
const MOST_NAMED = 20;

/** The error for a request or an option that is wrong, naming each field in its detail too; of very many the first twenty. */
export function invalid(all: readonly FieldIssue[], code: ErrorCode = "input_invalid", of?: string): WadeskError {
  const issues = all.slice(0, MOST_NAMED);
  const detail = issues.map(describe).join("; ");
  return new WadeskError(code, { issues, detail: of === undefined ? detail : `${of}: ${detail}` });
}

/** The error for one field of a request: what to do, what is wrong as a code, and the values that its words speak of. */
export function invalidField(field: string, message: string, code: IssueCode, values?: NoticeValues): WadeskError {
  return invalid([issueOf(field, code, message, values)]);
}

/** One thing wrong with a field. */
export function issueOf(field: string, code: IssueCode, message: string, values?: NoticeValues): FieldIssue {
  return { field, code, ...(values && { values }), message };
}

// what names its field itself does not have it named twice
function describe({ field, message }: FieldIssue): string {
  const own = field.slice(field.lastIndexOf(".") + 1);
  return field === "" || message.startsWith(`${own} is not a`) ? message : `${field}: ${message}`;
}
