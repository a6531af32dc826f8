import type { ConnectionStore } from "@wadesk/core";
import type { SqlDatabase } from "../sql/database.ts";

/** Connections in their table. */
export function sqlConnections(_database: SqlDatabase): ConnectionStore {
  return {} as never;
}
