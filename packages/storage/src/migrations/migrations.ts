import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";
import { first } from "./0001-first.ts";
import { turns } from "./0002-turns.ts";
import { lists } from "./0005-lists.ts";
import { sessions } from "./0006-sessions.ts";
import type { SchemaWords } from "./schema-words.ts";

/** Where the migrations of one database are run and noted. */
export interface MigrationPlace {
  /** Over a `leanDialect`. */
  readonly kysely: Kysely<unknown>;
  readonly words: SchemaWords;
}

/** What each version changed, under the name that it is noted by. One that was published never changes. */
export const MIGRATIONS: Readonly<Record<string, (words: SchemaWords) => readonly string[]>> = {
  "0001-first": first,
  "0002-turns": turns,
  // a send without `from` looks for it
  "0003-primary": (words) => [
    `create index wadesk_connections_primary on ${words.table("connections")} (workspace_id, channel) where is_primary = 1`,
    ...(words.schema === undefined ? readableTimes(words) : []),
  ],
  // what was stored before may have been handed over, and does not move
  "0004-records": ({ table }) => [`alter table ${table("messages")} add column waiting integer not null default 0`],
  "0005-lists": lists,
  "0006-sessions": sessions,
  // a contact's two names: what its queue is behind
  "0007-contacts": ({ table, text }) => [
    `alter table ${table("inbox_queues")} add column behind ${text}`,
    `create index wadesk_inbox_queues_behind on ${table("inbox_queues")} (behind) where behind is not null`,
  ],
};

// a whole number that no JavaScript number holds exactly makes its row unreadable in SQLite, and earlier versions stored what vendors sent
function readableTimes({ table }: SchemaWords): readonly string[] {
  const columns = [
    ["standings", "at"],
    ["connections", "last_seen_at"],
    ["connections", "seen_at"],
    ["records", "expires_at"],
  ] as const;
  const highest = String(Number.MAX_SAFE_INTEGER);
  return columns.map(([name, column]) => `update ${table(name)} set ${column} = ${highest} where ${column} > ${highest}`);
}

/** Which of the migrations a database has had, its own and those of a newer version. */
export async function appliedMigrations({ kysely, words }: MigrationPlace): Promise<readonly string[]> {
  const { sql } = await import("kysely");
  const tables = await sql.raw(words.findTable("migrations")).execute(kysely);
  if (tables.rows.length === 0) return [];
  const { rows } = await sql.raw<{ readonly name: string }>(`select name from ${words.table("migrations")}`).execute(kysely);
  return rows.map(({ name }) => name);
}

/** Runs what is missing, once, however many processes call it at the same time. Answers the names of what this call ran. */
export async function runMigrations({ kysely, words }: MigrationPlace): Promise<readonly string[]> {
  const [{ Migrator }, { sql }] = await Promise.all([import("kysely/migration"), import("kysely")]);
  const migrationOf = (statements: readonly string[]): Migration => ({
    up: async (transaction) => {
      for (const each of statements) await sql.raw(each).execute(transaction);
    },
  });
  const migrator = new Migrator({
    db: kysely,
    provider: {
      getMigrations: async () => Object.fromEntries(Object.entries(MIGRATIONS).map(([name, write]) => [name, migrationOf(write(words))])),
    },
    // what was run by hand bears no date to order it by
    allowUnorderedMigrations: true,
    migrationTableName: "wadesk_migrations",
    migrationLockTableName: "wadesk_migrations_lock",
    ...(words.schema !== undefined && { migrationTableSchema: words.schema }),
  });
  const { error, results = [] } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
  return results.map(({ migrationName }) => migrationName);
}
