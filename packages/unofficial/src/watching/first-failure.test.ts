import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { firstFailure } from "./first-failure.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it("what was done while nothing failed is not kept in memory", async () => {
  const { unlessFailed, fail } = firstFailure();
  const results: WeakRef<object>[] = [];
  for (let index = 0; index < 100; index += 1) {
    const result = { words: "x".repeat(10_000) };
    results.push(new WeakRef(result));
    await unlessFailed(Promise.resolve(result));
  }
  await turn();
  collect();
  await turn();
  collect();
  expect(results.filter((each) => each.deref() !== undefined).length).toBeLessThan(5);
  fail("the end");
});

it("work that never ends is given up with the first reason, and so is what follows", async () => {
  const { unlessFailed, fail, failed, reason } = firstFailure();
  const stuck = unlessFailed(new Promise(() => {}));
  const done = unlessFailed(Promise.resolve("done"));
  expect([await done, reason()]).toEqual(["done", undefined]);
  fail("the disk is full");
  fail("something else");
  await expect(stuck).rejects.toBe("the disk is full");
  await expect(unlessFailed(Promise.resolve("late"))).rejects.toBe("the disk is full");
  expect([await failed, reason()]).toEqual(["the disk is full", { reason: "the disk is full" }]);
});

it("whoever has stopped waiting hears of no failure", () => {
  const { whenFailed, fail } = firstFailure();
  const heard: unknown[] = [];
  const hear = (reason: unknown): void => void heard.push(reason);
  whenFailed(hear);
  whenFailed(hear)();
  fail("once");
  expect(heard).toEqual(["once"]);
});
