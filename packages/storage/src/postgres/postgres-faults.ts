import type { SqlFaults } from "../sql/database.ts";

/** What PostgreSQL's errors, and those of the way there, mean. */
export const postgresFaults: SqlFaults = {
  explain(error) {
    if (typeof error !== "object" || error === null) return undefined;
    const text = error instanceof Error ? error.message : "";
    return `PostgreSQL: ${text}`;
  },
  passing: (error) => typeof error === "object" && error !== null && "code" in error && (error.code === "40001" || error.code === "40P01"),
};
