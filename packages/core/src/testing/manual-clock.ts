import { vi } from "vitest";
import type { Clock } from "../time/clock.ts";
import { pendingCrypto } from "./pending-crypto.ts";

/** A clock that stands still until a test moves it. */
export interface ManualClock extends Clock {
  /** Moves on, running what falls due on the way, in order, and lets the work it starts go as far as it can. */
  advance(ms: number): Promise<void>;
}

/** Makes a clock that begins at `start`, in milliseconds since the epoch. */
export function manualClock(start = 1_760_000_000_000): ManualClock {
  let now = start;
  const timers = new Set<{ readonly at: number; readonly work: () => void }>();
  return {
    now: () => now,
    after(delayMs, work) {
      const timer = { at: now + delayMs, work };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    async advance(ms) {
      const end = now + ms;
      await vi.dynamicImportSettled();
      for (;;) {
        await settle();
        const [next] = [...timers].filter((timer) => timer.at <= end).sort((left, right) => left.at - right.at);
        if (next === undefined) break;
        timers.delete(next);
        now = next.at;
        next.work();
      }
      now = end;
      await vi.dynamicImportSettled();
      await settle();
    },
  };
}

// turns of the event loop, so that promise chains come through, begun anew after each answer of WebCrypto's threads; modules that are loaded on the way are
// waited for at the beginning and the end of a move alone, which costs a millisecond each
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    if (pendingCrypto() > 0) turn = 0;
  }
}
