import { DatabaseSync } from "node:sqlite";
import { isWadeskError } from "@wadesk/core";
import { afterAll, describe, expect, it } from "vitest";
import { postgresMigrations } from "../postgres/postgres-migrations.ts";
import { postgresStorage } from "../postgres/postgres-storage.ts";
import { sqliteMigrations } from "../sqlite/sqlite-migrations.ts";
import { sqliteStorage } from "../sqlite/sqlite-storage.ts";
import type { SqlStorage } from "../storage/sql-storage.ts";
import { postgresIsAway, testPglite, testSchemas } from "../testing/open-databases.ts";
import { MIGRATIONS } from "./migrations.ts";

const ALL = Object.keys(MIGRATIONS);

/** The sentence of a refusal that a person can act on. */
async function refusalOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.catch((reason: unknown) => reason);
  if (!isWadeskError(error, "storage_unavailable")) throw new Error("it was not refused", { cause: error });
  return error.message;
}

async function works(storage: SqlStorage): Promise<boolean> {
  await storage.records.set("n/", new Map([["key", { value: new Uint8Array([7]) }]]));
  return (await storage.records.get("n/", ["key"])).has("key");
}

/** Everything that SQLite knows about its tables. */
function schemaOf(database: DatabaseSync): readonly unknown[] {
  return database.prepare("select type, name, tbl_name, sql from sqlite_schema order by name").all();
}

describe("migrations", () => {
  it("run when the storage is first used, and by hand when that is asked for", async () => {
    const database = new DatabaseSync(":memory:");
    const storage = sqliteStorage({ database, migrations: "by-hand" });
    const refusal = await refusalOf(storage.open());
    expect(refusal).toContain("call migrate()");
    expect(refusal).toContain("npx -p @wadesk/storage wadesk-migrations sqlite");
    expect(await refusalOf(storage.records.get("n/", ["key"]))).toBe(refusal);
    expect(schemaOf(database)).toEqual([]);
    expect(await storage.migrate()).toEqual(ALL);
    expect(await storage.migrate()).toEqual([]);
    expect(await works(storage)).toBe(true);
    await storage.close();
  });

  it("of a newer version are refused, whoever runs them", async () => {
    const database = new DatabaseSync(":memory:");
    await sqliteStorage({ database }).open();
    database.exec("insert into wadesk_migrations (name, timestamp) values ('9999-later', '2030-01-01T00:00:00.000Z')");
    for (const migrations of ["on-start", "by-hand"] as const) {
      const storage = sqliteStorage({ database, migrations });
      expect(await refusalOf(storage.open())).toContain("newer than this version of @wadesk/storage (it has had 9999-later)");
      expect(await refusalOf(storage.migrate())).toContain("update the package");
    }
  });

  it("print as SQL that makes the schema which they make, on SQLite", async () => {
    const printed = new DatabaseSync(":memory:");
    printed.exec(await sqliteMigrations());
    const migrated = new DatabaseSync(":memory:");
    await sqliteStorage({ database: migrated }).open();
    expect(schemaOf(printed)).toEqual(schemaOf(migrated));
    const storage = sqliteStorage({ database: printed, migrations: "by-hand" });
    expect(await works(storage)).toBe(true);
    expect(await storage.migrate()).toEqual([]);
  });

  it("print the same each time, and nothing of what the database has had", async () => {
    expect(await sqliteMigrations()).toBe(await sqliteMigrations());
    expect(await postgresMigrations({ schema: "a" })).toBe(await postgresMigrations({ schema: "a" }));
    expect(await sqliteMigrations({ after: ALL.at(-1) ?? "" })).toBe("begin;\n\ncommit;\n");
    await expect(sqliteMigrations({ after: "0000-never" })).rejects.toThrow("there is no migration 0000-never");
  });
});

const away = await postgresIsAway();
describe.skipIf(away)(away ?? "migrations on PostgreSQL", () => {
  const schemas = testSchemas();
  afterAll(schemas.remove);

  const shapeOf = async (schema: string): Promise<string> => {
    const { rows } = await schemas.pool.query(
      `select table_name, column_name, data_type, collation_name, is_nullable, is_identity, null as definition
       from information_schema.columns where table_schema = $1
       union all select tablename, indexname, null, null, null, null, indexdef from pg_indexes where schemaname = $1
       union all select 'trigger', tgname, null, null, null, null, pg_get_triggerdef(oid) from pg_trigger
       where not tgisinternal and tgrelid::regclass::text like '%wadesk_connections' and pg_get_triggerdef(oid) like '%' || $1 || '%'
       union all select 'function', proname, null, null, null, null, prosrc from pg_proc where pronamespace = $1::regnamespace order by 1, 2`,
      [schema],
    );
    expect(rows.filter(({ table_name }) => table_name === "trigger" || table_name === "function")).toHaveLength(11);
    expect(rows.length).toBeGreaterThan(50);
    return JSON.stringify(rows).replaceAll(schema, "");
  };

  it("print as SQL that makes the schema which they make", async () => {
    const [printed, migrated] = [schemas.fresh(), schemas.fresh()];
    await schemas.pool.query(await postgresMigrations({ schema: printed }));
    await postgresStorage({ pool: schemas.pool, schema: migrated }).open();
    expect(await shapeOf(printed)).toBe(await shapeOf(migrated));
    const storage = postgresStorage({ pool: schemas.pool, schema: printed, migrations: "by-hand" });
    expect(await works(storage)).toBe(true);
    expect(await storage.migrate()).toEqual([]);
  });

  it("keep to their schema, whatever its name and the search path are", async () => {
    const schema = `${schemas.fresh()} "Shop's"`;
    schemas.adopt(schema);
    const refused = postgresStorage({ pool: schemas.pool, schema, migrations: "by-hand" });
    expect(await refusalOf(refused.open())).toContain(`wadesk-migrations postgres --schema ${schema}`);
    const storage = postgresStorage({ pool: schemas.pool, schema });
    expect(await storage.migrate()).toEqual(ALL);
    expect(await works(storage)).toBe(true);
    const { rows } = await schemas.pool.query("select 1 from pg_tables where schemaname = $1", [schema]);
    expect(rows.length).toBeGreaterThanOrEqual(8);
  });

  it("go to the first schema of the search path where none is named, though another schema has had them", async () => {
    await postgresStorage({ pool: schemas.pool, schema: schemas.fresh() }).open();
    const schema = schemas.fresh();
    await schemas.pool.query(`create schema ${schema}`);
    const storage = postgresStorage({ url: schemas.urlWithPath(schema), listen: false });
    expect(await storage.migrate()).toEqual(ALL);
    expect(await works(storage)).toBe(true);
    await storage.close();
    expect((await schemas.pool.query("select 1 from pg_tables where schemaname = $1", [schema])).rows.length).toBeGreaterThanOrEqual(8);
  });
});

describe("migrations on PGlite", () => {
  it("run over the host's dialect, which opens nothing twice", async () => {
    const pglite = testPglite();
    const storage = postgresStorage(pglite.options());
    expect(await storage.migrate()).toEqual(ALL);
    expect(await works(storage)).toBe(true);
    await storage.close();
    expect(await works(postgresStorage({ ...pglite.options(), schema: "test_1" }))).toBe(true);
    await pglite.close();
  });
});
