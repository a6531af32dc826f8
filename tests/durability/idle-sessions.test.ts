import { DatabaseSync } from "node:sqlite";
import type { Storage } from "@wadesk/core";
import { postgresStorage } from "@wadesk/storage/postgres";
import { sqliteStorage } from "@wadesk/storage/sqlite";
import { recordingLogger } from "@wadesk/testing";
import pg from "pg";
import { describe, expect, it, onTestFinished } from "vitest";
import { openEchoProcess } from "../../packages/core/src/testing/echo-sessions.ts";
import { addIdleNumbers } from "../../packages/core/src/testing/idle-numbers.ts";
import { manualClock } from "../../packages/core/src/testing/manual-clock.ts";
import { countStatements } from "../../packages/storage/src/testing/count-statements.ts";
import { wantedSessions } from "../../packages/storage/src/testing/wanted-sessions.ts";
import type { DatabasePlan } from "./host/plan.ts";
import { openDatabase } from "./world/databases.ts";
import { NO_POSTGRES, WHY_SKIPPED } from "./world/postgres.ts";

const DATABASES: readonly DatabasePlan["kind"][] = NO_POSTGRES ? ["SQLite"] : ["SQLite", "PostgreSQL"];
const COUNT = 10_000;
const STEP_MS = 250;
const SECONDS = 60;

interface Hasty {
  readonly storage: Storage;
  readonly run: (statements: readonly string[]) => Promise<void>;
  readonly table: string;
}

/** A storage that waits for no disk: how long a write takes is not what is counted. */
function openHasty(plan: DatabasePlan, now: () => number): Hasty {
  const { log } = recordingLogger();
  if (plan.kind === "SQLite") {
    const database = new DatabaseSync(plan.path, { timeout: 10_000 });
    database.exec("pragma synchronous = off");
    const run = async (statements: readonly string[]): Promise<void> => {
      for (const text of statements) database.exec(text);
    };
    return { storage: sqliteStorage({ database, now, log }), run, table: "wadesk_sessions" };
  }
  const url = new URL(plan.url);
  url.searchParams.set("options", "-c synchronous_commit=off");
  const run = async (statements: readonly string[]): Promise<void> => {
    const client = new pg.Client(plan.url);
    await client.connect();
    for (const text of statements) await client.query(text);
    await client.end();
  };
  return { storage: postgresStorage({ url: url.href, schema: plan.schema, now, log }), run, table: `${plan.schema}.wadesk_sessions` };
}

describe(`10,000 idle sessions over two processes${WHY_SKIPPED}`, () => {
  it.each(DATABASES)(
    "cost %s at most ten statements a second, heartbeats and signs of life among them",
    { timeout: 240_000 },
    async (kind) => {
      const statements = countStatements();
      onTestFinished(statements.end);
      const { plan } = await openDatabase(kind);
      const clock = manualClock();
      const [{ storage: first, run, table }, { storage: second }] = [openHasty(plan, clock.now), openHasty(plan, clock.now)];
      const pass = async (ms: number): Promise<void> => {
        for (let passed = 0; passed < ms; passed += STEP_MS) {
          await clock.advance(STEP_MS);
          while (await statements.answered()) await clock.advance(0);
        }
      };
      await addIdleNumbers(first, COUNT, clock.now(), (places) => run(wantedSessions(table, places)));
      const processes = [openEchoProcess(first, clock), openEchoProcess(second, clock)];
      for (const { wadesk } of processes) await wadesk.start();
      const held = (): readonly number[] => processes.map(({ open }) => open.size);
      while (held().some((size) => size < COUNT / 2)) await pass(1000);
      await pass(10_000);
      expect(held()).toEqual([COUNT / 2, COUNT / 2]);
      const before = statements.total();
      for (let passed = 0; passed < SECONDS; passed += 30) {
        for (const { open } of processes) for (const { voice } of open.values()) voice.report({ type: "alive", at: clock.now() });
        await pass(30_000);
      }
      expect((statements.total() - before) / SECONDS).toBeLessThanOrEqual(10);
      expect((await first.connections.get("acme", "con_7"))?.lastSeenAt).toBe(clock.now() - 30_000);
      for (const { wadesk } of processes) await wadesk.stop();
      for (const storage of [first, second]) await storage.close();
    },
  );
});
