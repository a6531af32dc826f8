import { checkOptions } from "@wadesk/core/ports";
import { printMigrations } from "../migrations/print-migrations.ts";
import { sqliteSchema } from "../migrations/schema-words.ts";

/** The SQL that `migrate()` runs on an empty database, or on one that has had the migrations up to and with `after`. */
export function sqliteMigrations(options: { readonly after?: string } = {}): Promise<string> {
  checkOptions<typeof options>("sqliteMigrations", options, { after: "text" });
  return printMigrations(sqliteSchema, options.after);
}
