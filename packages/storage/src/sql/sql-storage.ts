import { consoleLogger, type Logger, type Storage, systemClock } from "@wadesk/core";
import { sqlInbox } from "../inbox/sql-inbox.ts";
import { bringUpToDate, checkSchema, type MigrationMode } from "../migrations/check-schema.ts";
import { sqlConnections } from "../connections/connections.ts";
import { sqlLeases } from "../stores/leases.ts";
import { sqlMessages } from "../stores/messages.ts";
import { sqlRecords } from "../stores/records.ts";
import type { OpenDatabase, OpenLine, SqlFaults } from "./database.ts";
import { lazyDatabase } from "./lazy-database.ts";
import { sqlNotices } from "./notices.ts";
import type { SqlDialect } from "./words.ts";

/** A storage in an SQL database. */
export interface SqlStorage extends Storage {
  /** Opens the database now, instead of at the first use. */
  open(): Promise<void>;
  /** Brings the schema up to date and answers the names of the migrations that this call ran. */
  migrate(): Promise<readonly string[]>;
}

/** What every SQL storage may be told. */
export interface SqlStorageOptions {
  /** Milliseconds since the epoch, for the ends of records and leases; pass the clock that `createWadesk` gets, where that is not the real one. */
  readonly now?: () => number;
  /** `on-start` (the default) brings the schema up to date when the storage opens; `by-hand` refuses to work until `migrate()` or your own tools have. */
  readonly migrations?: MigrationMode;
  /** Hears of lost connections; the console by default. */
  readonly log?: Logger;
}

/** How one of the two databases is opened. */
export interface SqlAdapter {
  readonly dialect: SqlDialect;
  readonly open: () => Promise<OpenDatabase>;
  /** False for one that is gone with the process; true when absent. */
  readonly durable?: boolean;
  readonly faults: SqlFaults;
  /** For how many milliseconds a database that is busy is asked again. */
  readonly patienceMs?: number;
  /** Whether what it opens has `listen`. */
  readonly listens: boolean;
}

/** The storage over an adapter. Nothing is opened or loaded before its first use. */
export function sqlStorage({ dialect, listens, ...adapter }: SqlAdapter, options: SqlStorageOptions): SqlStorage {
  const clock = options.now ?? Date.now;
  // a clock may tell parts of a millisecond, for which the columns have no room
  const now = (): number => Math.floor(clock());
  const mode = options.migrations ?? "on-start";
  const database = lazyDatabase({ ...adapter, prepare: ({ migrations }) => checkSchema(migrations, mode) });
  const openLine: OpenLine = async (wake) => {
    const { listen } = await database.ready();
    if (listen === undefined) throw new Error("this database tells nobody of changes");
    return listen(wake);
  };
  const notices = listens ? sqlNotices(openLine, options.log ?? consoleLogger, systemClock.after) : undefined;
  return {
    durable: adapter.durable ?? true,
    connections: sqlConnections(database),
    messages: sqlMessages(database),
    inbox: sqlInbox(database, dialect),
    records: sqlRecords(database, now),
    leases: sqlLeases(database, now),
    ...(notices && { changes: { subscribe: notices.subscribe } }),
    open: async () => void (await database.ready()),
    migrate: () => database.use(({ migrations }) => bringUpToDate(migrations)),
    async close() {
      await notices?.end();
      await database.close();
    },
  };
}
