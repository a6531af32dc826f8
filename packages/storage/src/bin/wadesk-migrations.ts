#!/usr/bin/env node
import { parseArgs } from "node:util";
import { printMigrations } from "../migrations/print-migrations.ts";
import { postgresSchema, sqliteSchema } from "../migrations/schema-words.ts";

const USAGE = `Prints the SQL that brings a database to this version of @wadesk/storage.

  wadesk-migrations sqlite
  wadesk-migrations postgres

  --schema <name>   PostgreSQL's schema; "public" by default
  --after <name>    the last migration that the database has had; without it the database is empty
`;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { schema: { type: "string" }, after: { type: "string" }, help: { type: "boolean" } },
});
const [dialect] = positionals;

if (dialect === "sqlite" || dialect === "postgres") {
  const words = dialect === "sqlite" ? sqliteSchema : postgresSchema(values.schema ?? "public");
  process.stdout.write(await printMigrations(words, values.after));
} else {
  (values.help === true ? process.stdout : process.stderr).write(USAGE);
  process.exitCode = values.help === true ? 0 : 2;
}
