import type { MessageStore } from "@wadesk/core";
import type { SqlDatabase } from "../sql/database.ts";

/** Messages in their table. */
export function sqlMessages(_database: SqlDatabase): MessageStore {
  return {} as never;
}
