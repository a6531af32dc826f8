import { readdir, readFile } from "node:fs/promises";
import { storageContract } from "@wadesk/testing/contracts";
import pg from "pg";
import { afterAll, beforeAll, describe } from "vitest";
import { poolStorage } from "../../examples/drizzle/pool-storage.ts";
import { POSTGRES_URL, postgresIsAway, testSchemas } from "../../packages/storage/src/testing/open-databases.ts";
import { emptyTables } from "./empty-tables.ts";

// on PGlite it runs beside the adapter: examples/drizzle/storage.test.ts
const away = await postgresIsAway();
if (away) console.warn(`skipped: ${away}`);

describe.skipIf(away)(away ?? "PostgreSQL", () => {
  const schemas = testSchemas();
  const schema = schemas.fresh();
  const pool = new pg.Pool({ connectionString: POSTGRES_URL, max: 10, options: `-c search_path=${schema}` });

  beforeAll(async () => {
    const folder = new URL("../../examples/drizzle/migrations/", import.meta.url);
    const names = (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort();
    const migrations = await Promise.all(names.map((name) => readFile(new URL(name, folder), "utf8")));
    await pool.query(`create schema ${schema}; ${migrations.join(";").replaceAll('"public".', "")}`);
  });
  afterAll(async () => {
    await pool.end();
    await schemas.remove();
  });

  storageContract("drizzleStorage", async (time) => {
    await emptyTables(pool, schema);
    return poolStorage(pool, time);
  });
});
