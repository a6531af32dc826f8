import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { postgresStorage } from "../postgres/postgres-storage.ts";
import { sqliteStorage } from "../sqlite/sqlite-storage.ts";
import type { SqlStorage } from "../storage/sql-storage.ts";
import { POSTGRES_URL, postgresIsAway, temporaryFolder, testSchemas } from "../testing/open-databases.ts";
import { MIGRATIONS } from "./migrations.ts";

const script = fileURLToPath(new URL("../testing/migrate-process.ts", import.meta.url));
const TEN = Array.from({ length: 10 }, (_, index) => `process ${index}`);

interface Started {
  readonly child: ChildProcessWithoutNullStreams;
  readonly line: () => Promise<string>;
}

/** Starts ten processes, lets all of them go at once and answers what each migrated. */
async function migrateInTen(place: string, schema: string): Promise<readonly (readonly string[])[]> {
  const started = TEN.map((name): Started => {
    const child = spawn(process.execPath, [script, place, schema, name]);
    const errors: string[] = [];
    child.stderr.on("data", (bytes) => errors.push(String(bytes)));
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const line = async (): Promise<string> => {
      const next = await lines.next();
      if (next.done) throw new Error(errors.join("") || "the process ended without a word");
      return next.value;
    };
    return { child, line };
  });
  try {
    for (const { line } of started) expect(await line()).toBe("ready");
    for (const { child } of started) child.stdin.write("go\n");
    const answers = await Promise.all(started.map(async ({ line }) => JSON.parse(await line()) as readonly string[]));
    await Promise.all(started.map(({ child }) => child.exitCode ?? once(child, "exit")));
    return answers;
  } finally {
    for (const { child } of started) child.kill();
  }
}

async function expectMigratedOnce(storage: SqlStorage, answers: readonly (readonly string[])[]): Promise<void> {
  expect(answers.flat()).toEqual(Object.keys(MIGRATIONS));
  expect((await storage.records.scan("processes/")).items.map(({ key }) => key)).toEqual(TEN);
  await storage.close();
}

describe("ten processes that start at once", () => {
  it("migrate a new SQLite file once, and all of them work", async () => {
    const folder = await temporaryFolder();
    const path = folder.path("ten.db");
    await expectMigratedOnce(sqliteStorage({ path, migrations: "by-hand" }), await migrateInTen(path, ""));
    await folder.remove();
  });
});

const away = await postgresIsAway();
describe.skipIf(away)(away ?? "ten processes that start at once on PostgreSQL", () => {
  const schemas = testSchemas();
  afterAll(schemas.remove);

  it("migrate a new schema once, and all of them work", async () => {
    const schema = schemas.fresh();
    const answers = await migrateInTen(POSTGRES_URL, schema);
    await expectMigratedOnce(postgresStorage({ pool: schemas.pool, schema, migrations: "by-hand" }), answers);
  });
});
