import { expect, it } from "vitest";
import { memoryStorage } from "../memory/memory-storage.ts";
import { openEchoProcess } from "../testing/echo-sessions.ts";
import { faultyStorage } from "../testing/faulty-storage.ts";
import { addIdleNumbers } from "../testing/idle-numbers.ts";
import { manualClock } from "../testing/manual-clock.ts";

it("10,000 idle sessions over two processes cost at most ten calls of the storage a second, their heartbeats among them", async () => {
  const clock = manualClock();
  const inner = memoryStorage({ now: clock.now });
  await addIdleNumbers(inner, 10_000, clock.now());
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
  await addIdleNumbers(inner, 4, clock.now());
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
