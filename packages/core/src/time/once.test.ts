import { expect, it } from "vitest";
import { once } from "./once.ts";

it("what is loaded once is asked for once, by however many, and again only after it failed", async () => {
  let asked = 0;
  const load = once(async () => {
    asked += 1;
    if (asked === 1) throw new Error("not there yet");
    return asked;
  });
  const first = await Promise.allSettled([load(), load()]);
  expect(first.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(await Promise.all([load(), load(), load()])).toEqual([2, 2, 2]);
  expect(asked).toBe(2);
});
