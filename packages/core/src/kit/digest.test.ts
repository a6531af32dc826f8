import { expect, it } from "vitest";
import { digestOf } from "./digest.ts";

it("a digest is the same whatever order fields stand in, and another for another value", () => {
  expect(digestOf({ a: 1, b: [2, 3] })).toBe(digestOf({ b: [2, 3], a: 1 }));
  expect(digestOf({ a: 1 })).toMatch(/^[0-9a-f]{32}$/);
  expect(new Set([{ a: 1 }, { a: "1" }, { a: [1] }, [1], 1, null].map(digestOf)).size).toBe(6);
});
