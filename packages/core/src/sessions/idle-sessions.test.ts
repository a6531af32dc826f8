import { expect, it } from "vitest";
import { memoryStorage } from "../memory/memory-storage.ts";
import type { Storage } from "../ports/stores/storage.ts";
import { openEchoProcess } from "../testing/echo-sessions.ts";
import { faultyStorage } from "../testing/faulty-storage.ts";
import { manualClock } from "../testing/manual-clock.ts";
import { TEST_KEYS } from "../testing/open-echo.ts";
import { createConnectionSecrets } from "../vault/connection-secrets.ts";
import { readKeyRing } from "../vault/keys.ts";
import { createVault } from "../vault/vault.ts";

/** Numbers that were connected before, whose sessions nobody holds. */
async function connected({ connections, records, sessions }: Storage, count: number, at: number): Promise<void> {
  const secrets = createConnectionSecrets(records, createVault(readKeyRing(TEST_KEYS)));
  await secrets.write({ connectionId: "con_0", channel: "socket" }, { number: "+0" });
  await sessions.join("before", [], 1000);
  for (let index = 0; index < count; index += 1) {
    const place = { workspaceId: "acme", connectionId: `con_${index}`, kind: "socket" };
    const { connectionId: id, workspaceId } = place;
    await connections.insert({
      ...{ id, workspaceId, channel: "socket", route: `socket:+${index}`, label: id, phone: `+${index}`, primary: false, details: {} },
      ...{ status: { state: "connected", since: at }, warnings: [], createdAt: at, connectedAt: at, epoch: 0, version: 0 },
    });
    await secrets.write({ connectionId: id, channel: "socket" }, { number: `+${index}` });
    await sessions.take("before", place, 0);
    await sessions.want(id, true);
  }
  await sessions.leave("before");
}

it("10,000 idle sessions over two processes cost at most ten calls of the storage a second, their heartbeats among them", {
  timeout: 120_000,
}, async () => {
  const clock = manualClock();
  const inner = memoryStorage({ now: clock.now });
  await connected(inner, 10_000, clock.now());
  const { storage, ...faulty } = faultyStorage(inner);
  const [one, two] = [openEchoProcess(storage, clock), openEchoProcess(storage, clock)];
  await one.wadesk.start();
  await two.wadesk.start();
  for (let round = 0; round < 300 && one.open.size + two.open.size < 10_000; round += 1) await clock.advance(2000);
  await clock.advance(2000);
  expect([one.open.size, two.open.size]).toEqual([5000, 5000]);
  faulty.failAt(Number.POSITIVE_INFINITY, "before");
  for (let second = 0; second < 60; second += 30) {
    for (const { open } of [one, two]) for (const { voice } of open.values()) voice.report({ type: "alive", at: clock.now() });
    await clock.advance(30_000);
  }
  expect(faulty.calls() / 60).toBeLessThanOrEqual(10);
  expect((await inner.connections.get("acme", "con_7"))?.lastSeenAt).toBeGreaterThan(clock.now() - 60_001);
  for (const each of [one, two]) await each.wadesk.stop();
});

it("a process that is cut off from the storage closes its sessions before another opens them", async () => {
  const clock = manualClock();
  const inner = memoryStorage({ now: clock.now });
  await connected(inner, 4, clock.now());
  const cut = faultyStorage(inner);
  const [one, two] = [openEchoProcess(cut.storage, clock), openEchoProcess(inner, clock)];
  await one.wadesk.start();
  await clock.advance(5000);
  await two.wadesk.start();
  await clock.advance(5000);
  expect([one.open.size, two.open.size]).toEqual([2, 2]);
  const contexts = [...one.open.values()].map(({ context }) => context);
  cut.setAway(true);
  for (let second = 0; second < 13; second += 1) {
    await clock.advance(1000);
    const held = [...one.open.values()].filter(({ context }) => context?.signal.aborted === false).length;
    expect(held + two.open.size).toBeLessThanOrEqual(4);
  }
  expect(two.open.size).toBe(4);
  expect(contexts.map((context) => context?.signal.aborted)).toEqual([true, true]);
  await two.wadesk.stop();
});
