import type { Logger, Storage } from "@wadesk/core";
import { consoleLogger, systemClock } from "@wadesk/core/ports";
import { sqlConnections } from "../connections/connections.ts";
import { sqlInbox } from "../inbox/sql-inbox.ts";
import { bringUpToDate, checkSchema, type MigrationMode } from "../migrations/check-schema.ts";
import type { OpenDatabase, OpenLine, SqlFaults } from "../sql/database.ts";
import { lazyDatabase } from "../sql/lazy-database.ts";
import { sqlNotices } from "../sql/notices.ts";
import { statement } from "../sql/statement.ts";
import type { SqlDialect } from "../sql/words.ts";
import { sqlLeases } from "../stores/leases.ts";
import { sqlMessages } from "../stores/messages.ts";
import { sqlRecords } from "../stores/records.ts";
import { sqlSessions } from "../stores/sessions.ts";
import { databaseTime } from "../time/database-time.ts";

/** A storage in an SQL database. */
export interface SqlStorage extends Storage {
  /** Opens the database now, instead of at the first use. */
  open(): Promise<void>;
  /** Brings the schema up to date and answers the names of the migrations that this call ran. */
  migrate(): Promise<readonly string[]>;
}

/** What every SQL storage may be told. */
export interface SqlStorageOptions {
  /**
   * Milliseconds since the epoch, for due times and the ends of records and leases, in place of the database's own time on PostgreSQL and the machine's
   * on SQLite; for tests, which pass the clock that `createWadesk` gets.
   */
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
  /** What is wrong with the place itself, for a database that has not answered yet; nothing for what may pass. */
  readonly unusable?: (error: unknown) => Error | undefined;
  /** For how many milliseconds a database that is busy is asked again. */
  readonly patienceMs?: number;
  /** Whether what is written at once by several shares one commit; not when absent. */
  readonly sharesCommits?: boolean;
  /** Whether what it opens has `listen`. */
  readonly listens: boolean;
}

const MACHINE = { steady: () => performance.now(), machine: () => Date.now() };

const NOW = statement<object, { now: number | string }>(({ sql, words }) => sql`select ${words.now ?? sql`null`} as now`);

async function askTime(open: OpenDatabase | undefined): Promise<number> {
  const [row] = open === undefined ? [] : (await open.kysely.executeQuery(open.compile(NOW, {}))).rows;
  if (row === undefined) throw new Error("the database does not tell its time");
  return Number(row.now);
}

/** The storage over an adapter. Nothing is opened or loaded before its first use. */
export function sqlStorage({ dialect, listens, ...adapter }: SqlAdapter, options: SqlStorageOptions): SqlStorage {
  const mode = options.migrations ?? "on-start";
  // processes on several machines agree on the time of what they share
  let opened: OpenDatabase | undefined;
  const ask = (): Promise<number> => askTime(opened);
  const time = dialect === "postgres" && options.now === undefined ? databaseTime({ ask, ...MACHINE }) : undefined;
  const database = lazyDatabase({
    ...adapter,
    async prepare(open) {
      await checkSchema(open.migrations, mode);
      opened = open;
      await time?.sample();
    },
  });
  const clock = options.now ?? time?.now ?? Date.now;
  // a clock may tell parts of a millisecond, for which the columns have no room
  const now = (): number => Math.floor(clock());
  const knownNow = async (): Promise<number> => {
    if (time?.isKnown() === false) await database.ready();
    return now();
  };
  const openLine: OpenLine = async (wake) => {
    const { listen } = await database.ready();
    if (listen === undefined) throw new Error("this database tells nobody of changes");
    return listen(wake);
  };
  const notices = listens ? sqlNotices(openLine, options.log ?? consoleLogger, systemClock.after) : undefined;
  return {
    durable: adapter.durable ?? true,
    connections: sqlConnections(database),
    messages: sqlMessages(database, dialect),
    inbox: sqlInbox(database, dialect),
    records: sqlRecords(database, knownNow),
    leases: sqlLeases(database, knownNow),
    sessions: sqlSessions(database, knownNow),
    ...(dialect === "postgres" && { now }),
    ...(notices && { changes: { subscribe: notices.subscribe } }),
    open: async () => void (await database.ready()),
    migrate: () => database.use(({ migrations }) => bringUpToDate(migrations)),
    async close() {
      await notices?.end();
      await database.close();
    },
  };
}
