import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { PGliteDialect } from "kysely";
import pg from "pg";
import { quoted } from "../migrations/schema-words.ts";
import type { PostgresStorageOptions } from "../postgres/postgres-storage.ts";

/** Where the tests' PostgreSQL is. */
export const POSTGRES_URL: string = process.env.WADESK_POSTGRES_URL ?? "postgres://postgres@127.0.0.1:5432/test";

/** Why tests on PostgreSQL cannot run; nothing when they can. Under WADESK_REQUIRE_SERVICES=1 they run and fail instead. */
export async function postgresIsAway(): Promise<string | undefined> {
  if (process.env.WADESK_REQUIRE_SERVICES === "1") return undefined;
  const client = new pg.Client({ connectionString: POSTGRES_URL, connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
    return undefined;
  } catch {
    return `no PostgreSQL at ${new URL(POSTGRES_URL).host}; name one with WADESK_POSTGRES_URL`;
  } finally {
    await client.end().catch(() => {});
  }
}

/** A folder for SQLite's files, and how to remove it. */
export async function temporaryFolder(): Promise<{ readonly path: (name: string) => string; readonly remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "wadesk-storage-"));
  return { path: (name) => join(folder, name), remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Schemas of a test file's own in PostgreSQL. */
export interface TestSchemas {
  readonly pool: pg.Pool;
  /** A name that no other test has. */
  readonly fresh: () => string;
  /** Removes this one, too. */
  readonly adopt: (schema: string) => void;
  /** A URL whose connections look for tables in this schema first. */
  readonly urlWithPath: (schema: string) => string;
  /** Removes the schemas and ends the pool. */
  readonly remove: () => Promise<void>;
}

/** Opens a pool to the tests' PostgreSQL. */
export function testSchemas(): TestSchemas {
  const pool = new pg.Pool({ connectionString: POSTGRES_URL });
  const names: string[] = [];
  return {
    pool,
    fresh() {
      const name = `wadesk_test_${crypto.randomUUID().slice(0, 13).replace("-", "")}`;
      names.push(name);
      return name;
    },
    adopt: (schema) => void names.push(schema),
    urlWithPath(schema) {
      const url = new URL(POSTGRES_URL);
      url.searchParams.set("options", `-c search_path=${schema}`);
      return url.href;
    },
    async remove() {
      // many at once, and no more than the server has locks for
      for (let at = 0; at < names.length; at += 20) {
        const some = names.slice(at, at + 20).map(quoted);
        await pool.query(`drop schema if exists ${some.join(", ")} cascade`);
      }
      await pool.end();
    },
  };
}

/** A PostgreSQL in this process, of which a test file has one. */
export function testPglite(): { readonly options: () => PostgresStorageOptions; readonly close: () => Promise<void> } {
  const pglite = new PGlite();
  let count = 0;
  return {
    options() {
      count += 1;
      return { dialect: new PGliteDialect({ pglite }), listen: (channel, wake) => pglite.listen(channel, wake), schema: `test_${count}` };
    },
    close: () => pglite.close(),
  };
}
