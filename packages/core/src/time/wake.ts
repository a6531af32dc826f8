import type { Clock } from "./clock.ts";

/** One timer that goes off at the earliest of the times it was given. */
export interface Wake {
  /** Milliseconds since the epoch; infinity is no time at all. */
  at(time: number): void;
  readonly isSet: () => boolean;
  cancel(): void;
}

/** Makes one over a clock. */
export function createWake(clock: Clock, work: () => void): Wake {
  let next = Number.POSITIVE_INFINITY;
  let cancel = (): void => {};
  return {
    at(time) {
      if (time >= next) return;
      cancel();
      next = time;
      cancel = clock.after(Math.max(time - clock.now(), 1), () => {
        next = Number.POSITIVE_INFINITY;
        work();
      });
    },
    isSet: () => next !== Number.POSITIVE_INFINITY,
    cancel() {
      cancel();
      next = Number.POSITIVE_INFINITY;
    },
  };
}
