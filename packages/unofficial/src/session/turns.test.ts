import { expect, it } from "vitest";
import { createTurns } from "./turns.ts";

it("so many have a turn at once, and who came first has the next", async () => {
  const turns = createTurns(2);
  const began: string[] = [];
  const take = (name: string): Promise<() => void> =>
    turns.take().then((leave) => {
      began.push(name);
      return leave;
    });
  const [one, two] = await Promise.all([take("one"), take("two")]);
  const three = take("three");
  const four = take("four");
  await Promise.resolve();
  expect(began).toEqual(["one", "two"]);
  two();
  two();
  const leaveThree = await three;
  expect(began).toEqual(["one", "two", "three"]);
  one();
  leaveThree();
  (await four)();
  const again = await Promise.all([take("five"), take("six")]);
  expect([began.slice(3), again.length]).toEqual([["four", "five", "six"], 2]);
});
