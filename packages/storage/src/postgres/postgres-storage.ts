import { type Logger, WadeskError } from "@wadesk/core";
import type { Dialect } from "kysely";
import { postgresSchema } from "../migrations/schema-words.ts";
import type { OpenDatabase } from "../sql/database.ts";
import { type SqlStorage, type SqlStorageOptions, sqlStorage } from "../sql/sql-storage.ts";
import { compiler } from "../sql/statement.ts";
import { postgresWords } from "../sql/words.ts";
import { channelOf } from "./listen.ts";
import { openPool } from "./own-pool.ts";
import { poolDialect } from "./pool-dialect.ts";
import { postgresFaults } from "./postgres-faults.ts";
import type { PostgresPool } from "./postgres-pool.ts";

/** Where PostgreSQL keeps WaDesk's tables, and how. */
export type PostgresStorageOptions = SqlStorageOptions & {
  /** The schema of the tables, made when it is not there; by default the first of the connection's search path. */
  readonly schema?: string;
  readonly log?: Logger;
} & (
    | {
        /** `postgres://user:password@host:port/database`. WaDesk opens a pool of its own; install the package `pg`. */
        readonly url: string;
        /** At most so many connections; 10 by default. */
        readonly connections?: number;
      }
    | {
        /** The host's own pool of `pg`. It stays open when the storage closes. */
        readonly pool: PostgresPool;
      }
    | {
        /** Any of Kysely's dialects that speaks PostgreSQL, such as PGlite's. What it stands on stays open when the storage closes. */
        readonly dialect: Dialect;
      }
  );

// an answer that takes longer is not waited for: the database is away, or a lock is held
const STATEMENT_MS = 10_000;
// a migration may have to wait for the processes that run it at the same time
const MIGRATION_MS = 600_000;

/**
 * A storage in PostgreSQL 13 or newer. Cheap to make: `open()` or the first use connects.
 *
 * @example
 * const wadesk = createWadesk({ storage: postgresStorage("postgres://localhost/app"), … });
 */
export function postgresStorage(place: string | PostgresStorageOptions): SqlStorage {
  const options = typeof place === "string" ? { url: place } : place;
  return sqlStorage({ open: () => openPostgres(options), dialect: "postgres", faults: postgresFaults }, options);
}

async function openPostgres(options: PostgresStorageOptions): Promise<OpenDatabase> {
  const { Kysely, sql } = await import("kysely");
  const own = "url" in options ? await openPool(options.url, options.connections ?? 10) : undefined;
  const pool = "pool" in options ? options.pool : own;
  const dialectFor = async (limitMs: number): Promise<Dialect> => {
    if ("dialect" in options) return options.dialect;
    if (pool === undefined) throw new TypeError("postgresStorage needs a url, a pool or a dialect");
    return poolDialect(pool, limitMs);
  };
  try {
    const kysely = new Kysely<unknown>({ dialect: await dialectFor(STATEMENT_MS) });
    const patient = "dialect" in options ? kysely : new Kysely<unknown>({ dialect: await dialectFor(MIGRATION_MS) });
    const schema = options.schema ?? (await firstSchema(kysely));
    const words = postgresWords(sql, schema, channelOf(schema));
    return {
      kysely,
      words,
      compile: compiler(kysely, { sql, words, table: (name) => sql.id(schema, `wadesk_${name}`) }),
      migrations: { kysely: patient, words: postgresSchema(schema), schema },
      end: async () => own?.end(),
    };
  } catch (error) {
    await own?.end();
    throw error;
  }
}

// looked up once, so that no statement depends on the search path of the connection that it runs on
async function firstSchema(kysely: OpenDatabase["kysely"]): Promise<string> {
  const { sql } = await import("kysely");
  const { rows } = await sql<{ readonly name: string | null }>`select current_schema() as name`.execute(kysely);
  const name = rows[0]?.name ?? undefined;
  if (name !== undefined) return name;
  throw new WadeskError("storage_unavailable", { detail: "the connection's search_path names no schema that exists: pass { schema }" });
}
