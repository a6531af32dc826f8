import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, describe, expect, it } from "vitest";
import { postgresStorage } from "../postgres/postgres-storage.ts";
import { sqliteStorage } from "../sqlite/sqlite-storage.ts";
import { postgresIsAway, temporaryFolder, testSchemas } from "../testing/open-databases.ts";
import { type Attempt, faultsOf, type Shift, workInbox } from "../testing/work-inbox.ts";

const away = await postgresIsAway();
const schemas = testSchemas();
const folder = await temporaryFolder();
afterAll(async () => {
  if (away === undefined) await schemas.remove();
  await folder.remove();
});
const PROCESS = fileURLToPath(new URL("../testing/inbox-process.ts", import.meta.url));
const shiftsOf = (workers: number, own: number): readonly Shift[] =>
  Array.from({ length: workers }, (_, index) => ({ name: `w${index}`, own, total: workers * own, contacts: 4 }));

describe.skipIf(away !== undefined)(`ten storages on one PostgreSQL${away === undefined ? "" : ` (skipped: ${away})`}`, () => {
  it("add, claim, fail, give up, replay and complete at once, one event of a contact at a time, each once and in order", async () => {
    const schema = schemas.fresh();
    const storages = Array.from({ length: 10 }, () => postgresStorage({ pool: schemas.pool, schema }));
    await storages[0]?.open();
    const shifts = shiftsOf(10, 20);
    const attempts = await Promise.all(shifts.map((shift, index) => workInbox(storages[index]?.inbox as never, shift)));
    expect(faultsOf(attempts.flat(), 200)).toEqual([]);
    const queues = await schemas.pool.query(`select sum(open) as open, max(token) as token from ${schema}.wadesk_inbox_queues`);
    expect(queues.rows).toEqual([{ open: "0", token: "0" }]);
    await Promise.all(storages.map((storage) => storage.close()));
  });
});

describe("three processes on one SQLite file", () => {
  it("add, claim, fail, give up, replay and complete at once, one event of a contact at a time, each once and in order", async () => {
    const path = folder.path("processes.db");
    const storage = sqliteStorage(path);
    await storage.open();
    const runs = shiftsOf(3, 30).map((shift) =>
      promisify(execFile)(process.execPath, [PROCESS, path, JSON.stringify(shift)], { timeout: 150_000, maxBuffer: 10_000_000 }),
    );
    const attempts = (await Promise.all(runs)).flatMap(({ stdout }) => JSON.parse(stdout) as readonly Attempt[]);
    expect(faultsOf(attempts, 90)).toEqual([]);
    expect(await storage.inbox.counts()).toEqual({ waiting: 0, running: 0, done: 90, dead: 0 });
    await storage.close();
  });
});
