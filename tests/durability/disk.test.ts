import { DatabaseSync } from "node:sqlite";
import { sqliteStorage } from "@wadesk/storage/sqlite";
import { describe, expect, it, onTestFinished } from "vitest";
import { openDatabase, type TestDatabase } from "./world/databases.ts";
import { brokenPromises, completedOf } from "./world/evidence.ts";
import { type LocalHost, startLocalHost } from "./world/local-host.ts";
import { SEED, seeded } from "./world/seeded.ts";
import { deliver, send } from "./world/sender.ts";
import { type Webhook, webhookOf } from "./world/webhooks.ts";

/** A host on a database of its own, which the test can make as small as it likes. */
async function openHost(
  options: { readonly readOnly?: boolean } = {},
): Promise<TestDatabase & { readonly host: LocalHost; readonly own: DatabaseSync }> {
  const database = await openDatabase("SQLite");
  if (database.plan.kind !== "SQLite") throw new Error("another database was opened");
  const own = new DatabaseSync(database.plan.path, { timeout: 5000, ...options });
  onTestFinished(() => own.close());
  return { ...database, own, host: await startLocalHost(() => sqliteStorage({ database: own })) };
}

/** What the log says to whoever has to mend it. */
function told({ lines }: LocalHost): string {
  return lines
    .filter(({ level }) => level === "error")
    .map((line) => JSON.stringify(line))
    .join("\n");
}

async function expectRecovery({ host, ledger }: Awaited<ReturnType<typeof openHost>>): Promise<void> {
  const { answered } = await send({
    contacts: 4,
    writes: (turn) => turn < 10,
    random: seeded(SEED),
    target: async () => ({ url: host.url }),
  });
  const completed = await completedOf(ledger, answered, 60_000);
  expect(brokenPromises({ answered, started: host.started, completed })).toEqual([]);
}

describe("a disk that is full", () => {
  it("is answered 503 and never 200, the log says what to do, and work goes on once there is room", async () => {
    const world = await openHost();
    const { own, host } = world;
    const [{ page_count: pages } = {}] = own.prepare("pragma page_count").all();
    own.exec(`pragma max_page_count = ${Number(pages)}`);
    const stored: Webhook[] = [];
    // the pages that are there take some
    for (let turn = 0; (await deliver(host.url, webhookOf(90, turn))) === 200; turn += 1) {
      if (turn > 500) throw new Error("the disk is never full");
      stored.push(webhookOf(90, turn));
    }
    for (let turn = 0; turn < 5; turn += 1) expect(await deliver(host.url, webhookOf(91 + turn, 0))).toBe(503);
    expect(told(host)).toMatch(/full/i);
    expect(told(host)).toMatch(/free|room|space/i);

    own.exec("pragma max_page_count = 1073741823");
    const completed = await completedOf(world.ledger, stored, 60_000);
    expect(brokenPromises({ answered: stored, started: host.started, completed })).toEqual([]);
    await expectRecovery(world);
  });
});

describe("a database that cannot be written", () => {
  it("is answered 503 and never 200, the log says what to do, and work goes on once it can be", async () => {
    const world = await openHost();
    world.own.exec("pragma query_only = on");
    for (let turn = 0; turn < 5; turn += 1) expect(await deliver(world.host.url, webhookOf(turn, 0))).toBe(503);
    expect(told(world.host)).toMatch(/read-only|readonly|cannot be written/i);
    world.own.exec("pragma query_only = off");
    await expectRecovery(world);
  });

  it("is answered 503 and never 200 when it was opened for reading only", async () => {
    const { host } = await openHost({ readOnly: true });
    expect(await deliver(host.url, webhookOf(1, 0))).toBe(503);
    expect(told(host)).toMatch(/read-only|readonly|cannot be written/i);
  });
});
