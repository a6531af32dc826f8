import { afterEach, describe, expect, it, vi } from "vitest";
import { receivedText } from "../../testing/open-echo.ts";
import { memoryStorage } from "../memory-storage.ts";
import { createByTime } from "./by-time.ts";
import { createFifo } from "./fifo.ts";
import { createTurns } from "./turns.ts";

afterEach(() => vi.restoreAllMocks());

/** Counts how many items the loops over lists and maps are offered from now on. */
function countSteps(): () => number {
  let steps = 0;
  for (const name of ["filter", "slice", "map", "flatMap", "find", "findIndex", "indexOf", "splice", "shift", "sort"] as const) {
    const own = Array.prototype[name] as (...values: unknown[]) => unknown;
    vi.spyOn(Array.prototype, name).mockImplementation(function (this: unknown[], ...values: unknown[]) {
      steps += this.length;
      return own.apply(this, values) as never;
    });
  }
  for (const name of ["values", "entries", "keys", "forEach"] as const) {
    const own = Map.prototype[name] as (...values: unknown[]) => unknown;
    vi.spyOn(Map.prototype, name).mockImplementation(function (this: Map<unknown, unknown>, ...values: unknown[]) {
      steps += this.size;
      return own.apply(this, values) as never;
    });
  }
  return () => steps;
}

const COUNT = 5000;
const eventOf = (index: number, contact: string, place = {}) => ({
  ...receivedText({ id: String(index), from: contact }),
  workspaceId: "acme",
  connectionId: "con_1",
  ...place,
});

describe("the inbox in memory", () => {
  it.each([
    ["of one contact", () => "one"],
    ["of as many contacts", (index: number) => `contact ${index}`],
  ])("completes events %s in steps that do not grow with what waits", async (_name, contactOf) => {
    const { inbox } = memoryStorage();
    await inbox.add(Array.from({ length: COUNT }, (_, index) => eventOf(index, contactOf(index))));
    const steps = countSteps();
    for (let index = 0; index < COUNT; index += 1) {
      const [claim] = await inbox.claim({ owner: "a", limit: 1, leaseMs: 1000, now: 0 });
      if (claim === undefined) throw new Error("nothing to claim");
      if (index % 3 === 0) await inbox.fail(claim, "dead", "x", 0);
      else await inbox.done(claim, 0);
      await inbox.nextDue();
    }
    // a few for each: what a claim answers, and now and then a look at what is left, to give memory back
    expect(steps()).toBeLessThan(COUNT * 10);
    vi.restoreAllMocks();
    expect((await inbox.counts()).waiting).toBe(0);
  });

  it("hands out one event of many that are due again without a look at each", async () => {
    const { inbox } = memoryStorage();
    await inbox.add(Array.from({ length: COUNT }, (_, index) => eventOf(index, `contact ${index}`)));
    const all = await inbox.claim({ owner: "a", limit: COUNT, leaseMs: 1000, now: 0 });
    for (const claim of all) await inbox.fail(claim, 10, "x", 0);
    expect(await inbox.nextDue()).toBe(10);
    const taken = vi.spyOn(Array.prototype, "pop");
    const claims = [];
    for (let count = 0; count < 3; count += 1) claims.push(...(await inbox.claim({ owner: "a", limit: 1, leaseMs: 1000, now: 20 })));
    expect(taken.mock.calls.length).toBeLessThan(COUNT / 4);
    vi.restoreAllMocks();
    expect(claims.map(({ event }) => event.key)).toEqual(all.slice(0, 3).map(({ event }) => event.key));
    expect(await inbox.claim({ owner: "a", limit: COUNT, leaseMs: 1000, now: 20 })).toHaveLength(COUNT - 3);
  });

  it("hands out one event of one workspace without a look at what others have", async () => {
    const { inbox } = memoryStorage();
    await inbox.add(Array.from({ length: COUNT }, (_, index) => eventOf(index, `c${index}`, { workspaceId: `w${index % 500}` })));
    const claims = await inbox.claim({ owner: "a", limit: 2000, leaseMs: 1000, now: 0 });
    for (const claim of claims) await inbox.fail(claim, 50, "x", 0);
    const steps = countSteps();
    for (let index = 0; index < 100; index += 1) await inbox.claim({ owner: "a", limit: 4, leaseMs: 1000, now: 10 });
    expect(steps()).toBeLessThan(100 * 100);
  });
});

describe("a fifo", () => {
  it("gives items in their order, however they are mixed with new ones, and without those taken out", () => {
    const fifo = createFifo<number>();
    const given: (number | undefined)[] = [];
    for (let index = 0; index < 500; index += 1) {
      fifo.push(index);
      if (index % 2 === 1) given.push(fifo.shift());
    }
    fifo.keep((item) => item % 2 === 0);
    expect([fifo.size(), fifo.first()]).toEqual([125, 250]);
    for (let item = fifo.shift(); item !== undefined; item = fifo.shift()) given.push(item);
    expect(given).toEqual([...Array(250).keys(), ...Array.from({ length: 125 }, (_, index) => 250 + index * 2)]);
    expect([fifo.size(), fifo.first(), fifo.shift()]).toEqual([0, undefined, undefined]);
  });
});

describe("items by time", () => {
  it("come in the order of their times, and of their ranks", () => {
    const byTime = createByTime<string>();
    for (let index = 0; index < 200; index += 1) byTime.add((index * 37) % 50, index, `${(index * 37) % 50} ${index}`);
    const given: string[] = [];
    for (let next = byTime.shift(); next !== undefined; next = byTime.shift()) given.push(next.item);
    const place = (item: string): number => Number(item.split(" ")[0]) * 1000 + Number(item.split(" ")[1]);
    expect(given).toHaveLength(200);
    expect(given).toEqual(given.toSorted((left, right) => place(left) - place(right)));
    expect([byTime.first(), byTime.shift()]).toEqual([undefined, undefined]);
  });
});

describe("turns", () => {
  it("go round, and what is there again goes before what is new of its connection", () => {
    const turns = createTurns<string>();
    for (const item of ["a1", "a2", "a3"]) turns.offer({ workspaceId: "a", connectionId: "1" }, item);
    turns.offer({ workspaceId: "b", connectionId: "1" }, "b1");
    turns.offer({ workspaceId: "a", connectionId: "2" }, "A1");
    turns.offer({ workspaceId: "a", connectionId: "1" }, "a0", true);
    expect(Array.from({ length: 7 }, () => turns.take())).toEqual(["a0", "b1", "A1", "a1", "a2", "a3", undefined]);
  });
});
