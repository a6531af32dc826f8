import type { Clock } from "@wadesk/core";

/** A clock that stands still until a test moves it. */
export interface ManualClock {
  /** What an option `clock` takes; its timers run only while `advance` moves the time. */
  readonly clock: Clock;
  /** Moves the time forward by milliseconds, running the timers that fall due in order, each at its own time. */
  advance(milliseconds: number): Promise<void>;
  /** Milliseconds since the epoch. */
  now(): number;
}

interface Timer {
  readonly due: number;
  readonly work: () => void;
}

const followers = new WeakMap<Clock, Set<() => Promise<void>>>();

// longer than any answer on loopback takes; met only by work that itself waits for this clock
const PATIENCE_MS = 1_000;

/** A clock for tests. `startAt` is milliseconds since the epoch; by default noon of 2026-06-01, UTC. */
export function manualClock(startAt: number = Date.UTC(2026, 5, 1, 12)): ManualClock {
  let now = startAt;
  const timers = new Set<Timer>();
  const clock: Clock = {
    now: () => now,
    after: (delayMs, work) => {
      const timer = { due: now + Math.max(0, delayMs), work };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
  };
  followers.set(clock, new Set());
  const next = (until: number): Timer | undefined =>
    [...timers]
      .filter((timer) => timer.due <= until)
      .reduce<Timer | undefined>((first, timer) => (first && first.due <= timer.due ? first : timer), undefined);
  return {
    clock,
    now: () => now,
    advance: async (milliseconds) => {
      const until = now + milliseconds;
      await settle(clock);
      for (let timer = next(until); timer; timer = next(until)) {
        timers.delete(timer);
        now = Math.max(now, timer.due);
        timer.work();
        await settle(clock);
      }
      now = until;
    },
  };
}

/** Makes `advance` of a manual clock wait for `settled` after each timer; on any other clock it does nothing. Answers how to stop. */
export function whileAdvancing(clock: Clock, settled: () => Promise<void>): () => void {
  followers.get(clock)?.add(settled);
  return () => void followers.get(clock)?.delete(settled);
}

// a timer's work goes on in promises: they get a turn of the event loop before the time moves on
async function settle(clock: Clock): Promise<void> {
  await turn();
  for (const settled of followers.get(clock) ?? []) await withPatience(settled());
  await turn();
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

async function withPatience(work: Promise<void>): Promise<void> {
  const late = Promise.withResolvers<void>();
  const timer = setTimeout(late.resolve, PATIENCE_MS);
  await Promise.race([work, late.promise]).finally(() => clearTimeout(timer));
}

/** The clock of the machine. Its timers keep the process alive only where they are asked to. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after: (delayMs, work, hold) => {
    const timer = setTimeout(work, delayMs);
    if (hold === undefined) timer.unref();
    return () => clearTimeout(timer);
  },
};
