import { describe, expect, it } from "vitest";
import { openSessionWorld } from "../testing/echo-sessions.ts";

/** A process that holds all sessions of its kind, and one that stands by. */
async function openPair(numbers: number) {
  const world = openSessionWorld();
  const [one, two] = [world.process("one-process"), world.process("one-process")];
  await one.wadesk.start();
  for (let index = 1; index <= numbers; index += 1) await one.wadesk.workspace("acme").connect("socket", { number: `+${index}` });
  await two.wadesk.start();
  await world.clock.advance(10_000);
  expect([one.open.size, two.open.size]).toEqual([numbers, 0]);
  return { ...world, one, two };
}

describe("a process that stands by", () => {
  // whenever the stop comes within the two seconds between two looks
  it.each([0, 300, 700, 1100, 1500, 1900])("has the sessions within a second when the other stops, %i ms later too", async (laterMs) => {
    const { clock, one, two } = await openPair(3);
    await clock.advance(laterMs);
    await one.wadesk.stop();
    let passed = 0;
    for (; two.open.size < 3 && passed < 5000; passed += 50) await clock.advance(50);
    expect(passed).toBeLessThanOrEqual(1000);
    await two.wadesk.stop();
  });

  it("asks for them twice a second, and for nothing else in between", async () => {
    const { clock, faulty, two } = await openPair(1);
    const calls = () => ["acquire", "standing", "scan"].map((name) => faulty.callsOf(name));
    const before = calls();
    await clock.advance(20_000);
    const [asked = 0, looked = 0] = calls().map((count, index) => count - (before[index] ?? 0));
    expect(asked).toBeLessThanOrEqual(42);
    // the holder's own looks
    expect(looked).toBeLessThanOrEqual(11);
    await two.wadesk.stop();
  });
});
