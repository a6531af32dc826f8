import type { InboxStore } from "@wadesk/core";
import type { SqlDatabase } from "../sql/database.ts";
import type { SqlDialect } from "../sql/words.ts";

/** The inbox in its two tables. */
export function sqlInbox(_database: SqlDatabase, _dialect: SqlDialect): InboxStore {
  return {} as InboxStore;
}
