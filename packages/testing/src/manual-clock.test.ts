import { describe, expect, it } from "vitest";
import { manualClock, systemClock, whileAdvancing } from "./manual-clock.ts";

describe("a manual clock", () => {
  it("stands still until it is moved, and runs timers in order, each at its own time", async () => {
    const { clock, advance, now } = manualClock(1_000);
    const seen: string[] = [];
    const note = (name: string) => (): void => void seen.push(`${name} ${clock.now()}`);
    clock.after(30, note("late"));
    clock.after(10, note("early"));
    const cancel = clock.after(20, note("cancelled"));
    cancel();
    expect([seen, now()]).toEqual([[], 1_000]);
    await advance(29);
    expect([seen, now()]).toEqual([["early 1010"], 1_029]);
    await advance(1);
    expect(seen).toEqual(["early 1010", "late 1030"]);
  });

  it("runs timers that timers make, also after a promise, within one advance", async () => {
    const { clock, advance } = manualClock(0);
    const seen: number[] = [];
    const again = async (): Promise<void> => {
      seen.push(clock.now());
      await Promise.resolve();
      if (seen.length < 3) clock.after(5, () => void again());
    };
    clock.after(5, () => void again());
    await advance(100);
    expect([seen, clock.now()]).toEqual([[5, 10, 15], 100]);
  });

  it("waits for whoever follows it before the time moves on", async () => {
    const { clock, advance } = manualClock(0);
    const seen: number[] = [];
    let work: Promise<void> = Promise.resolve();
    const stop = whileAdvancing(clock, () => work);
    clock.after(5, () => {
      work = new Promise((resolve) => setImmediate(() => setImmediate(() => setImmediate(() => resolve(void seen.push(clock.now()))))));
    });
    await advance(50);
    expect(seen).toEqual([5]);
    stop();
  });

  it("is not the machine's clock, which moves by itself", () => {
    expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(1_000);
    systemClock.after(60_000, () => {})();
  });
});
