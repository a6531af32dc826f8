import type { DatabaseSync } from "node:sqlite";
import { leanDialect } from "../migrations/lean-dialect.ts";
import { sqliteSchema } from "../migrations/schema-words.ts";
import type { OpenDatabase } from "../sql/database.ts";
import { type SqlStorage, type SqlStorageOptions, sqlStorage } from "../sql/sql-storage.ts";
import { compiler } from "../sql/statement.ts";
import { sqliteWords } from "../sql/words.ts";
import { nodeSqliteDialect } from "./node-sqlite.ts";
import { sqliteFaults } from "./sqlite-faults.ts";

/** Where SQLite keeps WaDesk's tables, and how. */
export type SqliteStorageOptions = SqlStorageOptions &
  (
    | {
        /** The database's file, made when it is not there; `:memory:` for one that is gone with the process. */
        readonly path: string;
      }
    | {
        /**
         * The host's own database, with its own pragmas. It stays open when the storage closes; a transaction that the host begins on it must be
         * over before it awaits anything. One storage per database.
         */
        readonly database: DatabaseSync;
      }
  );

/**
 * A storage in SQLite, by Node's own `node:sqlite`. Every write is on the disk before it is answered. Cheap to make: the file is opened by
 * `open()` or the first use.
 *
 * @example
 * const wadesk = createWadesk({ storage: sqliteStorage("wadesk.db"), … });
 */
export function sqliteStorage(place: string | SqliteStorageOptions): SqlStorage {
  const options = typeof place === "string" ? { path: place } : place;
  return sqlStorage({ open: () => openSqlite(options), dialect: "sqlite", faults: sqliteFaults, listens: false }, options);
}

async function openSqlite(options: SqliteStorageOptions): Promise<OpenDatabase> {
  const { Kysely, sql } = await import("kysely");
  const own = "path" in options ? await openFile(options.path) : undefined;
  const database = "path" in options ? own : options.database;
  if (database === undefined) throw new TypeError("sqliteStorage needs a path or a database");
  const kysely = new Kysely<unknown>({ dialect: leanDialect(await nodeSqliteDialect(database), () => sqliteSchema) });
  const words = sqliteWords(sql);
  return {
    kysely,
    words,
    compile: compiler(kysely, { sql, words, table: (name) => sql.table(`wadesk_${name}`) }),
    migrations: { kysely, words: sqliteSchema },
    end: async () => own?.close(),
  };
}

async function openFile(path: string): Promise<DatabaseSync> {
  const { DatabaseSync } = await import("node:sqlite");
  const database = new DatabaseSync(path, { timeout: 5_000 });
  try {
    // FULL: what was answered survives a power cut, not only the end of the process
    database.exec("pragma journal_mode = wal; pragma synchronous = full");
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
}
