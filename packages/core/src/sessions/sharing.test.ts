import { expect, it } from "vitest";
import { openSessionWorld } from "../testing/echo-sessions.ts";

it("no more sessions are given up than the process that joined can open soon, however slowly it does", async () => {
  const { clock, process } = openSessionWorld();
  const [one, two] = [process("shared", { openAtOnce: 1 }), process("shared", { openAtOnce: 1 })];
  await one.wadesk.start();
  for (let number = 1; number <= 100; number += 1) await one.wadesk.workspace("acme").connect("socket", { number: `+${number}` });
  two.onOpen = (_number, signal) =>
    new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(new Error("given up")), { once: true }));
  await two.wadesk.start();
  await clock.advance(60_000);
  // 16 that wait at the other, one that it opens, and 16 that are free for it
  expect(one.open.size).toBeGreaterThanOrEqual(67);
  two.onOpen = async () => {};
  await two.wadesk.stop();
  await two.wadesk.start();
  await clock.advance(20_000);
  expect([one.open.size, two.open.size]).toEqual([50, 50]);
});

it("what is left behind is taken over in a few looks, not one part each two seconds", async () => {
  const { clock, process } = openSessionWorld();
  const [one, two] = [process("shared", { openAtOnce: 1 }), process("shared", { openAtOnce: 1 })];
  await one.wadesk.start();
  for (let number = 1; number <= 100; number += 1) await one.wadesk.workspace("acme").connect("socket", { number: `+${number}` });
  await one.wadesk.stop();
  await two.wadesk.start();
  let passed = 0;
  for (; two.open.size < 100 && passed < 20_000; passed += 250) await clock.advance(250);
  // sixteen each two seconds would take fourteen
  expect(passed).toBeLessThanOrEqual(8000);
});

it("a process whose vendor is slow to open, or never does, asks the storage no more often for it", async () => {
  const { clock, faulty, process } = openSessionWorld();
  const one = process("shared", { openAtOnce: 1 });
  await one.wadesk.start();
  for (let number = 1; number <= 150; number += 1) await one.wadesk.workspace("acme").connect("socket", { number: `+${number}` });
  await one.wadesk.stop();
  for (const openWithinMs of [500, Number.POSITIVE_INFINITY]) {
    one.onOpen = () =>
      new Promise((resolve) => {
        if (openWithinMs < 1000) clock.after(openWithinMs, resolve);
      });
    await one.wadesk.start();
    await clock.advance(10_000);
    const looks = faulty.callsOf("standing");
    await clock.advance(60_000);
    expect(faulty.callsOf("standing") - looks).toBeLessThanOrEqual(31);
    expect(one.open.size).toBeLessThan(150);
    const stopping = one.wadesk.stop({ withinMs: 100 });
    await clock.advance(100);
    await stopping;
    await clock.advance(10_000);
  }
});
