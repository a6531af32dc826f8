import { expect, it } from "vitest";
import { boundedCache } from "./bounded-cache.ts";

it("what was used least recently goes first", () => {
  const cache = boundedCache({ most: 2, lifeMs: 1000, now: () => 0 });
  cache.set("a", 1);
  cache.set("b", 2);
  cache.get("a");
  cache.set("c", 3);
  expect(["a", "b", "c"].map((key) => cache.get(key))).toEqual([1, undefined, 3]);
});

it("what is old is gone, and what is set anew is not", () => {
  let now = 0;
  const cache = boundedCache({ most: 2, lifeMs: 1000, now: () => now });
  cache.set("a", 1);
  now = 999;
  expect(cache.get("a")).toBe(1);
  cache.set("b", 2);
  now = 1000;
  expect([cache.get("a"), cache.get("b")]).toEqual([undefined, 2]);
});

it("many are read and set at once, and deleted one by one or all", async () => {
  const cache = boundedCache({ most: 5, lifeMs: 1000, now: () => 0 });
  await cache.mset([
    { key: "a", value: 1 },
    { key: "b", value: 2 },
  ]);
  expect(await cache.mget(["a", "c"])).toEqual({ a: 1, c: undefined });
  cache.del("a");
  expect([cache.get("a"), cache.get("b")]).toEqual([undefined, 2]);
  cache.flushAll();
  expect(cache.get("b")).toBeUndefined();
});
