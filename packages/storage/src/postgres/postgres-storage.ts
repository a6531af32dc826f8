import { type Logger, WadeskError } from "@wadesk/core";
import { consoleLogger } from "@wadesk/core/ports";
import type { Dialect } from "kysely";
import { leanDialect } from "../migrations/lean-dialect.ts";
import { channelOf, postgresSchema } from "../migrations/schema-words.ts";
import { checkSqlOptions, optionInvalid, SQL_OPTIONS } from "../options/check-options.ts";
import type { OpenDatabase } from "../sql/database.ts";
import { compiler } from "../sql/statement.ts";
import { postgresWords } from "../sql/words.ts";
import { type SqlStorage, type SqlStorageOptions, sqlStorage } from "../storage/sql-storage.ts";
import { accessTo, type PostgresPlace } from "./access.ts";
import { postgresFaults, unusablePlace } from "./postgres-faults.ts";

/** Where PostgreSQL keeps WaDesk's tables, and how. */
export type PostgresStorageOptions = SqlStorageOptions & {
  /**
   * The schema of the tables, made when it is not there; by default the one that the URL names by `?schema=`, else the first of the
   * connection's search path.
   */
  readonly schema?: string;
} & PostgresPlace;

/**
 * A storage in PostgreSQL 13 or newer. Cheap to make: `open()` or the first use connects. A server that refuses for good, such as a password or a database
 * that is none, is `configuration_invalid` there, with the option's name; what may pass, and anything once it has answered, is `storage_unavailable`.
 *
 * @example
 * const wadesk = createWadesk({ storage: postgresStorage("postgres://localhost/app"), … });
 */
export function postgresStorage(place: string | PostgresStorageOptions): SqlStorage {
  const options = readPlace(place);
  const listens = "dialect" in options ? options.listen !== undefined : options.listen !== false;
  const option = "url" in options ? "url" : "pool" in options ? "pool" : "dialect";
  const unusable = (error: unknown): Error | undefined => unusablePlace(option, error);
  return sqlStorage({ dialect: "postgres", open: () => openPostgres(options), faults: postgresFaults, unusable, listens }, options);
}

function readPlace(place: string | PostgresStorageOptions | undefined): PostgresStorageOptions {
  const of = "postgresStorage";
  const options = typeof place === "string" ? { url: place } : place;
  if (options === undefined) throw optionInvalid(of, "url", "give a url, a pool or a dialect");
  const kinds = { schema: "text", url: "text", connections: "number", pool: "object", dialect: "object", listen: "any" } as const;
  checkSqlOptions<PostgresStorageOptions>(of, options, { ...SQL_OPTIONS, ...kinds });
  const { schema, connections, listen, ...given }: Partial<Record<keyof typeof kinds, unknown>> = options;
  const [way, ...others] = (["url", "pool", "dialect"] as const).filter((name) => given[name] !== undefined);
  if (way === undefined) throw optionInvalid(of, "url", "give a url, a pool or a dialect");
  if (others[0] !== undefined) throw optionInvalid(of, others[0], "give one of url, pool and dialect");
  if (schema === "") throw optionInvalid(of, "schema", "must not be empty; leave it out for the first of the search path");
  if (connections !== undefined && !(Number.isInteger(connections) && Number(connections) >= 1)) {
    throw optionInvalid(of, "connections", "must be a whole number of 1 or more");
  }
  const listens = way === "dialect" ? "function" : "boolean";
  if (listen !== undefined && typeof listen !== listens) {
    throw optionInvalid(of, "listen", listens === "boolean" ? "must be true or false" : "must be a function");
  }
  return options;
}

async function openPostgres(options: PostgresStorageOptions): Promise<OpenDatabase> {
  const { Kysely, sql } = await import("kysely");
  const access = await accessTo(options);
  try {
    let schema = options.schema ?? schemaOf(options);
    const lean = (dialect: Dialect): Dialect => leanDialect(dialect, () => postgresSchema(schema ?? ""));
    const kysely = new Kysely<unknown>({ dialect: lean(access.dialect) });
    // a second one over a host's dialect might open what nobody asked for
    const patient = access.patientDialect === undefined ? kysely : new Kysely<unknown>({ dialect: lean(access.patientDialect) });
    schema ??= await firstSchema(kysely);
    if (!access.waitsForDisk) await warnOfLoss(kysely, options.log ?? consoleLogger);
    const { listen, end } = access;
    const channel = channelOf(schema);
    const words = postgresWords(sql, schema, channel);
    const own = schema;
    return {
      kysely,
      words,
      compile: compiler(kysely, { sql, words, table: (name) => sql.id(own, `wadesk_${name}`) }),
      migrations: { kysely: patient, words: postgresSchema(schema) },
      end,
      ...(listen && { listen: (wake) => listen(channel, wake) }),
    };
  } catch (error) {
    await access.end();
    throw error;
  }
}

// Prisma's way to name one, which `pg` itself leaves out in silence
function schemaOf(options: PostgresStorageOptions): string | undefined {
  if (!("url" in options) || !URL.canParse(options.url)) return undefined;
  return new URL(options.url).searchParams.get("schema") || undefined;
}

// a webhook that was answered would be lost with the server's machine, and its vendor would not deliver it again
async function warnOfLoss(kysely: OpenDatabase["kysely"], log: Logger): Promise<void> {
  const { sql } = await import("kysely");
  const { rows } = await sql<{ readonly setting: string }>`select current_setting('synchronous_commit') as setting`.execute(kysely);
  if (rows[0]?.setting !== "off") return;
  log.warn(
    { synchronous_commit: "off" },
    "PostgreSQL answers before what it wrote is on the disk, so a crash of its machine loses events that were answered: run ALTER ROLE … SET synchronous_commit = on for WaDesk's user, and connect anew",
  );
}

// looked up once, so that no statement depends on the search path of the connection that it runs on
async function firstSchema(kysely: OpenDatabase["kysely"]): Promise<string> {
  const { sql } = await import("kysely");
  const { rows } = await sql<{ readonly name: string | null }>`select current_schema() as name`.execute(kysely);
  const name = rows[0]?.name ?? undefined;
  if (name !== undefined) return name;
  throw new WadeskError("storage_unavailable", { detail: "the connection's search_path names no schema that exists: pass { schema }" });
}
