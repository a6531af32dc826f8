import { describe, expect, it } from "vitest";
import type { DatabasePlan } from "./host/plan.ts";
import { openDatabase } from "./world/databases.ts";
import { openProcesses, type RunningProgram } from "./world/host-process.ts";
import { NO_POSTGRES, WHY_SKIPPED } from "./world/postgres.ts";

const DATABASES: readonly DatabasePlan["kind"][] = NO_POSTGRES ? ["SQLite"] : ["SQLite", "PostgreSQL"];
const ALL = ["+1", "+2", "+3", "+4"];

async function until(program: RunningProgram, holds: (open: readonly string[]) => boolean): Promise<readonly string[]> {
  for (;;) {
    const open = JSON.parse(await program.line()) as readonly string[];
    if (holds(open)) return open;
  }
}

describe(`sessions of two processes${WHY_SKIPPED}`, () => {
  it.each(DATABASES)("are shared, and all the other's once one is killed, on %s", async (kind) => {
    const { plan } = await openDatabase(kind);
    const processes = openProcesses();
    const one = processes.start("session-keeper.ts", { database: plan, numbers: ALL });
    await until(one, ({ length }) => length === 4);
    const two = processes.start("session-keeper.ts", { database: plan, numbers: [] });
    await until(two, ({ length }) => length === 2);
    await until(one, ({ length }) => length === 2);
    await one.kill();
    expect(await until(two, ({ length }) => length === 4)).toEqual(ALL);
  });
});
