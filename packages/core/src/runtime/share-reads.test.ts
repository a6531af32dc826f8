import { expect, it } from "vitest";
import { manualClock } from "../testing/manual-clock.ts";
import { shareReads } from "./share-reads.ts";

/** A value that a test changes, and reads of it that end when the test says so. */
function openValue() {
  const clock = manualClock();
  const world = { value: 1, reads: 0, ends: [] as ((error?: Error) => void)[], clock };
  const read = shareReads(clock, (key: string) => {
    world.reads += 1;
    const seen = `${key}${world.value}`;
    return new Promise<string>((resolve, reject) => void world.ends.push((error) => (error ? reject(error) : resolve(seen))));
  });
  const endAll = async (): Promise<void> => {
    while (world.ends.length > 0) {
      for (const end of world.ends.splice(0)) end();
      await clock.advance(0);
    }
  };
  return { ...world, world, read, endAll };
}

it("reads that are asked for while one is under way share the next one, which is never older than their question", async () => {
  const { world, read, endAll } = openValue();
  const first = read("a");
  await world.clock.advance(0);
  world.value = 2;
  const others = Array.from({ length: 20 }, () => read("a"));
  await endAll();
  expect([await first, new Set(await Promise.all(others)), world.reads]).toEqual(["a1", new Set(["a2"]), 2]);
});

it("reads that are asked for in one turn are one", async () => {
  const { world, read, endAll } = openValue();
  const all = Promise.all([read("a"), read("a"), read("a")]);
  await world.clock.advance(0);
  await endAll();
  expect([await all, world.reads]).toEqual([["a1", "a1", "a1"], 1]);
});

it("reads of different keys have nothing to do with each other, nor has a later one with an earlier", async () => {
  const { world, read, endAll } = openValue();
  const both = Promise.all([read("a"), read("b")]);
  await endAll();
  world.value = 2;
  const later = read("a");
  await endAll();
  expect([await both, await later, world.reads]).toEqual([["a1", "b1"], "a2", 3]);
});

it("a read that fails, fails for nobody who asked after it", async () => {
  const { world, read, endAll } = openValue();
  const first = read("a");
  await world.clock.advance(0);
  const second = read("a");
  world.ends.shift()?.(new Error("away"));
  await expect(first).rejects.toThrow("away");
  await endAll();
  expect(await second).toBe("a1");
});

it("a read that hangs holds up those that come after it for ten seconds, and no longer", async () => {
  const { world, read, endAll, clock } = openValue();
  const hanging = expect(read("a")).rejects.toMatchObject({ code: "storage_unavailable" });
  await clock.advance(0);
  const second = read("a");
  world.ends.splice(0);
  await clock.advance(10_000);
  await endAll();
  await hanging;
  expect(await second).toBe("a1");
});
