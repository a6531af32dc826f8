import { isWadeskError } from "@wadesk/core";

/** Whether a statement was refused because another row has the same unique value. */
export function isUniqueViolation(error: unknown): boolean {
  const cause: unknown = isWadeskError(error) ? error.cause : error;
  if (typeof cause !== "object" || cause === null) return false;
  // https://www.postgresql.org/docs/current/errcodes-appendix.html, https://sqlite.org/rescode.html#constraint_unique
  return ("code" in cause && cause.code === "23505") || ("errcode" in cause && cause.errcode === 2067);
}
