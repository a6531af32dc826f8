import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import pg from "pg";
import type { DatabasePlan } from "../host/plan.ts";

/** Everything that a database holds, byte for byte: SQLite's files, and each value of each row of PostgreSQL's tables. */
export async function storedText(plan: DatabasePlan): Promise<string> {
  return plan.kind === "SQLite" ? filesText(dirname(plan.path)) : rowsText(plan);
}

async function filesText(folder: string): Promise<string> {
  const files = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name))));
  return files.map((bytes) => bytes.toString("latin1")).join("\n");
}

async function rowsText({ url, schema }: Extract<DatabasePlan, { kind: "PostgreSQL" }>): Promise<string> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(
      "select table_name as name from information_schema.tables where table_schema = $1",
      [schema],
    );
    const texts: string[] = [];
    for (const { name } of tables.rows) {
      const { rows } = await client.query<Record<string, unknown>>(`select * from "${schema}"."${name}"`);
      for (const value of rows.flatMap((row) => Object.values(row))) {
        texts.push(
          value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : typeof value === "string" ? value : JSON.stringify(value),
        );
      }
    }
    return texts.join("\n");
  } finally {
    await client.end();
  }
}
