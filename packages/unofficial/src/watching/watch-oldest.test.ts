import { manualClock } from "@wadesk/testing";
import { describe, expect, it } from "vitest";
import { machineTurns } from "./machine-turns.ts";
import { watchOldest } from "./watch-oldest.ts";

const SECOND_MS = 1000;

function watched(inTurn?: true) {
  const { clock, advance, now: steady } = manualClock();
  let setByMs = 0;
  const now = (): number => steady() + setByMs;
  const found = Promise.withResolvers<number>();
  const began = now();
  let overdue = 0;
  const line = watchOldest({
    after: clock.after,
    now,
    limitMs: 10 * SECOND_MS,
    ...(inTurn && { inTurn }),
    overdue() {
      overdue += 1;
      found.resolve((now() - began) / SECOND_MS);
    },
  });
  /** How often one was overdue after so many seconds more. */
  const pass = async (seconds: number): Promise<number> => {
    await advance(seconds * SECOND_MS);
    await machineTurns();
    return overdue;
  };
  /** Somebody sets the clock, by so many seconds. */
  const setClock = (seconds: number): void => {
    setByMs += seconds * SECOND_MS;
  };
  return {
    ...line,
    pass,
    advance,
    setClock,
    /** After how many seconds in all, by the clock as it was set, the first one was overdue. */
    found: found.promise,
  };
}

describe("the oldest of what has begun", () => {
  it("is overdue after its limit, once, and not sooner", async () => {
    const { begin, pass, found } = watched();
    begin();
    expect(await pass(9)).toBe(0);
    await pass(1);
    expect([await found, await pass(60)]).toEqual([10, 1]);
  });

  it("has its own time, whatever began and ended before or after it", async () => {
    const { begin, pass, found } = watched();
    const first = begin();
    await pass(8);
    begin();
    first();
    const third = begin();
    third();
    expect(await pass(9)).toBe(0);
    await pass(1);
    expect(await found).toBe(18);
  });

  it("has its time from the end of the last where one is done after the other", async () => {
    const { begin, pass, found } = watched(true);
    const first = begin();
    begin();
    await pass(8);
    first();
    expect(await pass(9)).toBe(0);
    await pass(1);
    expect(await found).toBe(18);
  });

  it("is not overdue where its end only waits to be read", async () => {
    const { begin, pass, advance } = watched();
    const end = begin();
    await advance(10 * SECOND_MS);
    setImmediate(end);
    expect(await pass(60)).toBe(0);
  });

  it.each([3600, -3600])("has its time anew where the clock is set by %s seconds, and is overdue after that", async (seconds) => {
    const { begin, pass, setClock, found } = watched();
    begin();
    await pass(5);
    setClock(seconds);
    begin();
    expect(await pass(14)).toBe(0);
    await pass(1);
    expect(await found).toBe(20 + seconds);
  });

  it("is not watched any more once that was stopped", async () => {
    const { begin, stop, pass } = watched();
    begin();
    stop();
    begin();
    expect(await pass(60)).toBe(0);
  });
});
