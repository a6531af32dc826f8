import { expect, it } from "vitest";
import { openSessionWorld } from "../testing/echo-sessions.ts";

const NEVER = new Promise<never>(() => {});

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

it("a process that never answers its vendor's opening holds up nothing that others ask of the storage", async () => {
  const { clock, faulty, process } = openSessionWorld();
  const one = process("shared", { openAtOnce: 1 });
  await one.wadesk.start();
  for (let number = 1; number <= 40; number += 1) await one.wadesk.workspace("acme").connect("socket", { number: `+${number}` });
  await one.wadesk.stop();
  one.onOpen = () => NEVER;
  await one.wadesk.start();
  await clock.advance(10_000);
  faulty.failAt(Number.POSITIVE_INFINITY, "before");
  await clock.advance(60_000);
  expect(faulty.calls() / 60).toBeLessThanOrEqual(4);
});
