import type { Page, RecordStore, TimedValue } from "@wadesk/core";
import type { SqlDatabase } from "../sql/database.ts";

/** Records in their table. */
export function sqlRecords(_database: SqlDatabase, _now: () => number): RecordStore {
  return {} as never;
}
