import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectionOf } from "@wadesk/testing";
import { onTestFinished } from "vitest";
import { type DatabasePlan, openStorage } from "../host/plan.ts";
import { PHONE_NUMBER_ID } from "./app.ts";
import { type Ledger, postgresLedger, sqliteLedger } from "./ledger.ts";
import { dropSchema, newSchema, POSTGRES_URL } from "./postgres.ts";

/** A database of one test, in which one number is connected. */
export interface TestDatabase {
  readonly plan: DatabasePlan;
  /** A folder of the test's own. */
  readonly folder: string;
  /** What the database itself saw completed. */
  readonly ledger: Ledger;
}

/** Makes a database of a kind, which is gone when the test has finished. */
export async function openDatabase(kind: DatabasePlan["kind"]): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), "wadesk-durability-"));
  const schema = newSchema();
  const plan: DatabasePlan = kind === "SQLite" ? { kind, path: join(folder, "wadesk.db") } : { kind, url: POSTGRES_URL, schema };
  const opened: { ledger?: Ledger } = {};
  onTestFinished(async () => {
    await opened.ledger?.close();
    if (kind === "PostgreSQL") await dropSchema(schema);
    await rm(folder, { recursive: true, force: true });
  });
  const storage = openStorage(plan);
  await storage.connections.insert(connectionOf({ route: `cloud-api:${PHONE_NUMBER_ID}` }));
  await storage.close();
  opened.ledger = plan.kind === "SQLite" ? sqliteLedger(plan.path) : await postgresLedger(plan);
  return { plan, folder, ledger: opened.ledger };
}
