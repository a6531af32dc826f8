import { checkOptions } from "@wadesk/core/ports";
import { printMigrations } from "../migrations/print-migrations.ts";
import { postgresSchema } from "../migrations/schema-words.ts";

/** The SQL that `migrate()` runs on an empty schema (`public` by default), or on one that has had the migrations up to and with `after`. */
export function postgresMigrations(options: { readonly schema?: string; readonly after?: string } = {}): Promise<string> {
  checkOptions<typeof options>("postgresMigrations", options, { schema: "text", after: "text" });
  return printMigrations(postgresSchema(options.schema ?? "public"), options.after);
}
