import type { Clock } from "./clock.ts";

// the longest delay that a timer takes
const LONGEST_MS = 2_147_483_647;

/** Waits so many milliseconds. The process stays alive meanwhile. */
export function pause(clock: Clock, delayMs: number): Promise<void> {
  return new Promise((resolve) => void clock.after(delayMs, resolve, "hold"));
}

/** Whether the work ended, well or badly, before so many milliseconds had passed. The process stays alive until either. */
export async function endsWithin(clock: Clock, limitMs: number, work: Promise<unknown>): Promise<boolean> {
  const late = Promise.withResolvers<false>();
  const cancel = clock.after(limitMs, () => late.resolve(false), "hold");
  const ended = (): true => true;
  return Promise.race([work.then(ended, ended), late.promise]).finally(cancel);
}

/** What `work` answers. The process stays alive until then: nothing else may keep it so, and whoever awaits must hear how it ended. */
export async function holding<Result>(clock: Clock, work: Promise<Result>): Promise<Result> {
  const letGo = clock.after(LONGEST_MS, () => {}, "hold");
  try {
    return await work;
  } finally {
    letGo();
  }
}
