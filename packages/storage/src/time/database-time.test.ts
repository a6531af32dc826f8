import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { databaseTime } from "./database-time.ts";

const HOUR = 3_600_000;

/** A machine whose clock is off, and a database that is right. */
function openWorld(skewMs: number) {
  const state = { true: 1_760_000_000_000, skewMs, asleepMs: 0, answerMs: 0, asked: 0, away: false };
  const time = databaseTime({
    async ask() {
      state.asked += 1;
      if (state.away) throw new Error("away");
      const told = state.true;
      state.true += state.answerMs;
      return told;
    },
    steady: () => state.true - 1_760_000_000_000 - state.asleepMs,
    machine: () => state.true + state.skewMs,
  });
  const pass = async (ms: number): Promise<void> => {
    state.true += ms;
    time.now();
    await turn();
  };
  return { state, time, pass, error: () => time.now() - state.true };
}

describe.each([600_000, -600_000])("a machine whose clock is %d milliseconds off", (skewMs) => {
  it("tells the database's time once it has asked", async () => {
    const { time, error, pass, state } = openWorld(skewMs);
    expect([time.isKnown(), error()]).toEqual([false, skewMs]);
    await time.sample();
    await pass(30_000);
    expect([time.isKnown(), error(), state.asked]).toEqual([true, 0, 1]);
  });

  it("is never ahead of the database, and behind it by what the answer took", async () => {
    const { time, error, state } = openWorld(skewMs);
    state.answerMs = 250;
    await time.sample();
    expect(error()).toBe(-250);
  });

  it("asks again once a minute, and only when somebody looks", async () => {
    const { time, pass, state } = openWorld(skewMs);
    await time.sample();
    for (let second = 0; second < 600; second += 1) await pass(1000);
    expect(state.asked).toBeGreaterThan(8);
    expect(state.asked).toBeLessThan(12);
    state.true += HOUR;
    expect(state.asked).toBeLessThan(12);
  });
});

it("a clock that is set changes nothing, and the database is asked once more", async () => {
  const { time, pass, state, error } = openWorld(0);
  await time.sample();
  state.skewMs = 600_000;
  expect(error()).toBe(0);
  await turn();
  await pass(1);
  expect([error(), state.asked]).toEqual([0, 2]);
  for (let second = 0; second < 10; second += 1) await pass(1000);
  expect(state.asked).toBe(2);
});

it("a machine that slept asks as soon as it is awake, and is behind until the answer, not ahead", async () => {
  const { time, pass, state, error } = openWorld(0);
  await time.sample();
  state.true += HOUR;
  state.asleepMs = HOUR;
  expect(error()).toBe(-HOUR);
  await turn();
  await pass(1);
  expect(error()).toBe(0);
});

it("a database that does not answer is asked again every five seconds, and what is known counts on", async () => {
  const { time, pass, state, error } = openWorld(600_000);
  await time.sample();
  state.away = true;
  for (let second = 0; second < 120; second += 1) await pass(1000);
  expect(state.asked).toBeGreaterThan(10);
  expect(state.asked).toBeLessThan(15);
  state.away = false;
  for (let second = 0; second < 6; second += 1) await pass(1000);
  expect(error()).toBe(0);
});
