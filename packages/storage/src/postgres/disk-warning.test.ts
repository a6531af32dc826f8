import { recordingLogger } from "@wadesk/testing";
import pg from "pg";
import { afterAll, describe, expect, it } from "vitest";
import { POSTGRES_URL, postgresIsAway, testPglite, testSchemas } from "../testing/open-databases.ts";
import { type PostgresStorageOptions, postgresStorage } from "./postgres-storage.ts";

const away = await postgresIsAway();

/** What the log says while a storage opens. */
async function toldBy(options: PostgresStorageOptions): Promise<readonly string[]> {
  const { log, lines } = recordingLogger();
  const storage = postgresStorage({ ...options, log });
  await storage.open();
  await storage.close();
  return lines.map(({ level, message }) => `${level} ${message}`);
}

describe.skipIf(away)(away ?? "a PostgreSQL that answers before what it wrote is on the disk", () => {
  const schemas = testSchemas();
  afterAll(schemas.remove);
  const urlWith = (setting: string): string => {
    const url = new URL(POSTGRES_URL);
    url.searchParams.set("options", `-c synchronous_commit=${setting}`);
    return url.href;
  };

  it("is told of, with what to do, where its connections are the host's or a pooler's", async () => {
    const pool = new pg.Pool({ connectionString: urlWith("off"), max: 2 });
    const schema = schemas.fresh();
    const warning = [expect.stringMatching(/^warn .*ALTER ROLE .* SET synchronous_commit = on/)];
    expect(await toldBy({ pool, schema })).toEqual(warning);
    expect(await toldBy({ url: urlWith("off"), schema, listen: false })).toEqual(warning);
    await pool.end();
  });

  it("is not told of where it is put right, or is right", async () => {
    const pool = new pg.Pool({ connectionString: urlWith("on"), max: 2 });
    const schema = schemas.fresh();
    expect(await toldBy({ url: urlWith("off"), schema })).toEqual([]);
    expect(await toldBy({ pool, schema })).toEqual([]);
    await pool.end();
  });
});

it("a PGlite that waits for the disk opens without a word", async () => {
  const pglite = testPglite();
  expect(await toldBy(pglite.options())).toEqual([]);
  await pglite.close();
});
