import { type SQL, sql } from "drizzle-orm";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";

/** Drizzle on PostgreSQL, by whichever driver; also within a transaction. */
export type Database = PgDatabase<PgQueryResultHKT>;

const UNIQUE_VIOLATION = "23505";
const DEADLOCK = "40P01";

/** Runs everything or nothing, and once more where two transactions waited for each other. Work may therefore run twice. */
export async function transaction<Result>(db: Database, work: (tx: Database) => Promise<Result>, attempts = 3): Promise<Result> {
  try {
    return await db.transaction(work);
  } catch (error) {
    if (attempts > 1 && codeOf(error) === DEADLOCK) return transaction(db, work, attempts - 1);
    throw error;
  }
}

/** What a statement that is written out answers, whichever driver runs it. */
export async function rowsOf<Row>(db: Database, query: SQL): Promise<readonly Row[]> {
  const rows = await db.select({ row: sql<Row | string>`row_to_json(answer)` }).from(sql`(${query}) as answer`);
  return rows.map(({ row }) => (typeof row === "string" ? (JSON.parse(row) as Row) : row));
}

/** Whether a row is there already that this one would repeat. */
export function isUniqueViolation(error: unknown): boolean {
  return codeOf(error) === UNIQUE_VIOLATION;
}

/** The code that PostgreSQL gave. Drizzle's own error has the driver's as its cause. */
function codeOf(error: unknown): unknown {
  if (!(error instanceof Error)) return undefined;
  return "code" in error ? error.code : codeOf(error.cause);
}
