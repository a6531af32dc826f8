import { cloudApi } from "@wadesk/cloud-api";
import { type Clock, createWadesk, type InboxOptions, type Storage, type Wadesk } from "@wadesk/core";
import { systemClock } from "@wadesk/core/ports";
import { receivedText, recordingLogger } from "@wadesk/testing";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { openStorage } from "./host/plan.ts";
import { APP, ENCRYPTION_KEYS } from "./world/app.ts";
import { openDatabase, type TestDatabase } from "./world/databases.ts";
import { openProcesses } from "./world/host-process.ts";
import { NO_POSTGRES, WHY_SKIPPED } from "./world/postgres.ts";

const TEN_MINUTES = 600_000;
const LEASE_MS = 1500;
const SOON = { timeout: 120_000, interval: 20 };

/** A clock that is off by so much, which may change while it runs. */
function skewedClock(skewMs: number): Clock & { skewMs: number } {
  return {
    skewMs,
    now() {
      return Date.now() + this.skewMs;
    },
    after: systemClock.after,
  };
}

interface Host {
  readonly wadesk: Wadesk;
  readonly storage: Storage;
  readonly clock: Clock & { skewMs: number };
  readonly started: { readonly key: string; readonly attempt: number; readonly at: number }[];
  readonly release: () => void;
}

/** A host of its own machine, whose handlers wait until they are let go; each attempt before `failures` throws instead. */
async function startHost({ plan }: TestDatabase, skewMs: number, inbox: InboxOptions = {}, failures = 0): Promise<Host> {
  const storage = openStorage(plan);
  const clock = skewedClock(skewMs);
  clock.now = clock.now.bind(clock);
  const gate = Promise.withResolvers<void>();
  const { log } = recordingLogger();
  const wadesk = createWadesk({
    channels: [cloudApi(APP)],
    encryptionKeys: ENCRYPTION_KEYS,
    storage,
    clock,
    log,
    inbox: { leaseMs: LEASE_MS, ...inbox },
  });
  const started: Host["started"] = [];
  wadesk.process("message.received", async ({ key }, { attempt }) => {
    started.push({ key, attempt, at: performance.now() });
    if (attempt <= failures) throw new Error("not yet");
    await gate.promise;
  });
  onTestFinished(async () => {
    gate.resolve();
    await wadesk.stop({ withinMs: 0 });
    await storage.close();
  });
  await wadesk.start();
  return { wadesk, storage, clock, started, release: gate.resolve };
}

const events = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    receivedText({ connectionId: "connection-1", messageId: `m${index}`, phone: `+4915100${index}` }),
  );
const pass = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));

describe.skipIf(NO_POSTGRES)(`machines whose clocks differ, on one PostgreSQL${WHY_SKIPPED}`, () => {
  it.each([
    ["the other 600000 milliseconds ahead", 0, TEN_MINUTES],
    ["the other 600000 milliseconds behind", 0, -TEN_MINUTES],
    ["600000 milliseconds ahead itself", TEN_MINUTES, 0],
    ["600000 milliseconds behind itself", -TEN_MINUTES, 0],
  ])("start nothing that one of them has in hand, %s", async (_which, firstMs, secondMs) => {
    const database = await openDatabase("PostgreSQL");
    const first = await startHost(database, firstMs);
    await first.storage.inbox.add(events(4));
    await vi.waitFor(() => expect(first.started).toHaveLength(4), SOON);
    // several leases long, in which the first renews its own and the second looks for work every second
    const second = await startHost(database, secondMs);
    await pass(3 * LEASE_MS);
    expect([first.started.length, second.started.length]).toEqual([4, 0]);
    for (const host of [first, second]) host.release();
    await vi.waitFor(async () => expect(await database.ledger.completed()).toHaveLength(4), SOON);
    expect(second.started).toEqual([]);
  });

  it.each([TEN_MINUTES, -TEN_MINUTES])("retry when it is time, whoever failed, one of them %d milliseconds off", async (skewMs) => {
    const database = await openDatabase("PostgreSQL");
    const patience = { firstDelayMs: 3000 };
    const skewed = await startHost(database, skewMs, patience, 1);
    await skewed.storage.inbox.add(events(1));
    await vi.waitFor(() => expect(skewed.started).toHaveLength(1), SOON);
    await vi.waitFor(async () => expect((await skewed.wadesk.eventCounts()).running).toBe(0), SOON);
    await skewed.wadesk.stop();
    const right = await startHost(database, 0, patience);
    await vi.waitFor(() => expect(right.started).toMatchObject([{ attempt: 2 }]), SOON);
    const [first, second] = [skewed.started[0]?.at ?? 0, right.started[0]?.at ?? 0];
    // the back-off takes up to half of it off
    expect(second - first).toBeGreaterThanOrEqual(1500);
    right.release();
  });

  it("start no event twice when a clock is set while they run", async () => {
    const database = await openDatabase("PostgreSQL");
    const first = await startHost(database, 0);
    await first.storage.inbox.add(events(4));
    await vi.waitFor(() => expect(first.started).toHaveLength(4), SOON);
    const second = await startHost(database, 0);
    for (const { clock } of [first, second]) {
      for (const skewMs of [TEN_MINUTES, -TEN_MINUTES, 0]) {
        clock.skewMs = skewMs;
        await pass(LEASE_MS);
      }
    }
    for (const host of [first, second]) host.release();
    await vi.waitFor(async () => expect(await database.ledger.completed()).toHaveLength(4), SOON);
    expect([first.started.length, second.started.length]).toEqual([4, 0]);
  });

  it.each([TEN_MINUTES, -TEN_MINUTES])("keep a lease with its holder, one of them %d milliseconds off", async (skewMs) => {
    const { plan } = await openDatabase("PostgreSQL");
    const storage = openStorage(plan);
    onTestFinished(() => storage.close());
    await storage.leases.acquire("held", "the right one", 60_000);
    const skewed = openProcesses().start("lease-taker.ts", { database: plan, skewMs });
    const take = async (name: string): Promise<string> => {
      skewed.child.stdin?.write(`${name}\n`);
      return skewed.line();
    };
    expect(await take("held")).toBe("held");
    expect(await take("free")).toBe("taken");
    expect(await storage.leases.acquire("free", "the right one", 60_000)).toBeUndefined();
  });
});
