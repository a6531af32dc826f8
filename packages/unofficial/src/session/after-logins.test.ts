import { manualClock } from "@wadesk/testing";
import { expect, it } from "vitest";
import { createLogins } from "./after-logins.ts";

const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

function open() {
  const { clock, advance } = manualClock();
  const logins = createLogins();
  const done: string[] = [];
  const later = (name: string): (() => void) => logins.afterwards(clock.after, () => done.push(name));
  return { logins, done, later, advance };
}

it("what is left for afterwards waits until the last login is over, and goes on one in each turn of the event loop", async () => {
  const { logins, done, later } = open();
  const [one, two] = [logins.begin(), logins.begin()];
  later("first");
  later("second");
  one();
  // over once
  one();
  await turn();
  expect(done).toEqual([]);
  two();
  expect(done).toEqual([]);
  await turn();
  expect(done).toEqual(["first"]);
  await turn();
  expect(done).toEqual(["first", "second"]);
});

it("where nobody logs in it goes on at once", async () => {
  const { done, later } = open();
  later("only");
  await turn();
  expect(done).toEqual(["only"]);
});

it("it waits for five seconds at most, and is not done again", async () => {
  const { logins, done, later, advance } = open();
  const over = logins.begin();
  later("patient");
  await advance(4999);
  expect(done).toEqual([]);
  await advance(1);
  await turn();
  expect(done).toEqual(["patient"]);
  over();
  await turn();
  expect(done).toEqual(["patient"]);
});

it("what was called off is not done, also where its turn had come", async () => {
  const { logins, done, later, advance } = open();
  const over = logins.begin();
  const cancel = later("called off");
  const cancelLate = later("called off late");
  cancel();
  over();
  cancelLate();
  await turn();
  await turn();
  await advance(10_000);
  expect(done).toEqual([]);
});
