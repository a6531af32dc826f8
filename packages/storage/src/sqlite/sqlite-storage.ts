import type { DatabaseSync } from "node:sqlite";
import type { Logger } from "@wadesk/core";
import { consoleLogger } from "@wadesk/core/ports";
import { leanDialect } from "../migrations/lean-dialect.ts";
import { sqliteSchema } from "../migrations/schema-words.ts";
import { checkSqlOptions, optionInvalid, SQL_OPTIONS } from "../options/check-options.ts";
import type { OpenDatabase } from "../sql/database.ts";
import { type Compiled, compiler } from "../sql/statement.ts";
import { sqliteWords } from "../sql/words.ts";
import { type SqlStorage, type SqlStorageOptions, sqlStorage } from "../storage/sql-storage.ts";
import { nodeSqliteDialect } from "./node-sqlite.ts";
import { sqliteFaults } from "./sqlite-faults.ts";
import { unusableFile } from "./unusable-file.ts";

/** Where SQLite keeps WaDesk's tables, and how. */
export type SqliteStorageOptions = SqlStorageOptions &
  (
    | {
        /** The database's file, made when it is not there; `:memory:` for one that is gone with the process. */
        readonly path: string;
      }
    | {
        /**
         * The host's own database, with its own pragmas. It stays open when the storage closes. WaDesk's transactions may be open on it
         * whenever a promise has just settled: what the host writes then goes with them, and a BEGIN of its own fails. Pass a connection that
         * the host only reads by, and write by another. One storage per database.
         */
        readonly database: DatabaseSync;
      }
  );

/**
 * A storage in SQLite, by Node's own `node:sqlite`. Every write is on the disk before it is answered, but for who holds
 * a lease or a session at the moment, which nobody does any more once the machine has stopped. Cheap to make: the file is opened by
 * `open()` or the first use. A file that is none, is damaged or is something else is `configuration_invalid` there, named; what may pass is
 * `storage_unavailable`.
 *
 * @example
 * const wadesk = createWadesk({ storage: sqliteStorage("wadesk.db"), … });
 */
export function sqliteStorage(place: string | SqliteStorageOptions): SqlStorage {
  const options = readPlace(place);
  // a database of the host's waits as long as the host told it to
  const patienceMs = "path" in options ? BUSY_MS : 0;
  const durable = !("path" in options && options.path === ":memory:");
  return sqlStorage(
    { open: () => openSqlite(options), durable, dialect: "sqlite", faults: sqliteFaults, patienceMs, sharesCommits: true, listens: false },
    options,
  );
}

function readPlace(place: string | SqliteStorageOptions | undefined): SqliteStorageOptions {
  const of = "sqliteStorage";
  const options = typeof place === "string" ? { path: place } : place;
  if (options === undefined) throw optionInvalid(of, "path", "give the path of a file, or a database");
  checkSqlOptions<SqliteStorageOptions>(of, options, { ...SQL_OPTIONS, path: "text", database: "object" });
  const { path, database }: { readonly path?: string; readonly database?: DatabaseSync } = options;
  if (path !== undefined && database !== undefined) throw optionInvalid(of, "database", "give a path or a database, not both");
  if (path === undefined && database === undefined) throw optionInvalid(of, "path", "give the path of a file, or a database");
  if (path !== undefined && /^postgres(ql)?:\/\//i.test(path))
    throw optionInvalid(of, "path", "is an address, and no file; a PostgreSQL is opened by postgresStorage()");
  if (path !== undefined && /^(:memory|memory:)$/i.test(path))
    throw optionInvalid(of, "path", 'must be ":memory:" for a database in memory');
  return options;
}

/** How long the lock of another writer is waited for. */
const BUSY_MS = 5_000;
// while SQLite itself waits, nothing else of the process runs, and no lock that this process holds is let go
const BLOCKING_MS = 10;

/** Every database of SQLite has the same tables by the same names. */
const compiled: Compiled = new WeakMap();

async function openSqlite(options: SqliteStorageOptions): Promise<OpenDatabase> {
  const { Kysely, sql } = await import("kysely");
  const file = "path" in options ? await openFile(options.path) : undefined;
  const own = file?.database;
  const database = "path" in options ? own : options.database;
  if (database === undefined) throw new TypeError("sqliteStorage needs a path or a database");
  if (own === undefined) warnOfLoss(database, options.log ?? consoleLogger);
  const kysely = new Kysely<unknown>({ dialect: leanDialect(await nodeSqliteDialect(database), () => sqliteSchema) });
  const words = sqliteWords(sql);
  return {
    kysely,
    words,
    compile: compiler(kysely, { sql, words, table: (name) => sql.table(`wadesk_${name}`) }, compiled),
    migrations: { kysely, words: sqliteSchema },
    ...(file?.isWrittenAhead && { waitForDisk: waiterOf(file.database) }),
    end: async () => own?.close(),
  };
}

// what was answered is lost with the machine where a commit does not wait for the disk: https://sqlite.org/pragma.html#pragma_synchronous
function warnOfLoss(database: DatabaseSync, log: Logger): void {
  const [level, journal] = [Number(pragmaOf(database, "synchronous")), pragmaOf(database, "journal_mode")];
  if (journal === "memory" || level >= 2 || (level === 1 && journal !== "wal")) return;
  log.warn(
    { synchronous: level, journal_mode: journal },
    "SQLite answers before what it wrote is on the disk, so a power cut loses events that were answered: set PRAGMA synchronous = FULL on the database that you pass",
  );
}

/** FULL: what was answered survives a power cut, not only the end of the process. */
const WAITING = "pragma synchronous = full";
/** NORMAL: with a log that is written ahead, a power cut takes the newest commits up to the last that waited, and never one without those after it. */
const NOT_WAITING = "pragma synchronous = normal";

function pragmaOf(database: DatabaseSync, name: string): unknown {
  return Object.values(database.prepare(`pragma ${name}`).get() ?? {})[0];
}

function waiterOf(database: DatabaseSync): (waits: boolean) => void {
  let isWaiting = true;
  return (waits) => {
    if (waits === isWaiting) return;
    database.exec(waits ? WAITING : NOT_WAITING);
    isWaiting = waits;
  };
}

/** Opens a file, and tells whether its log is written ahead: some file systems have no room for that, and with any other log a commit that does not wait may damage it. */
async function openFile(path: string): Promise<{ readonly database: DatabaseSync; readonly isWrittenAhead: boolean }> {
  // SQLite would make a database that is gone when it is closed
  if (path === "") throw optionInvalid("sqliteStorage", "path", "is empty: name a file");
  const { DatabaseSync } = await import("node:sqlite");
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { timeout: BLOCKING_MS });
    const mode = pragmaOf(database, "journal_mode = wal");
    database.exec(WAITING);
    // reads what the tables are, where a damaged file is known
    database.prepare("select count(*) from sqlite_schema").get();
    return { database, isWrittenAhead: mode === "wal" };
  } catch (error) {
    database?.close();
    throw (await unusableFile(path, error)) ?? error;
  }
}
