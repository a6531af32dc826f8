import type { Clock } from "@wadesk/core";

/** What a fake does by itself, after its answer: webhooks on their way, timers that are due, work of the next turn. */
export interface Errands {
  /** Runs work in the next turn of the event loop; `settled` waits for it. */
  later(work: () => void): void;
  /** Makes `settled` wait for a promise. */
  track(work: Promise<void>): void;
  /** Runs work after a time by the fake's clock; `settled` does not wait for what is only due. */
  after(delayMs: number, work: () => void): void;
  /** Puts work behind what was put into the same lane before; lanes do not wait for one another. */
  inLane(lane: string, work: () => Promise<void>): void;
  /** Resolves when the work of a lane is done. */
  laneDone(isLane: (lane: string) => boolean): Promise<void>;
  settled(): Promise<void>;
  /** Aborted by `close`. */
  readonly signal: AbortSignal;
  close(): void;
}

/** Keeps track of everything that is under way. */
export function errands(clock: Clock): Errands {
  const pending = new Set<Promise<void>>();
  const lanes = new Map<string, Promise<void>>();
  const timers = new Set<() => void>();
  const ending = new AbortController();

  const track = (work: Promise<void>): void => {
    const tracked: Promise<void> = work.finally(() => pending.delete(tracked));
    pending.add(tracked);
  };

  return {
    track,
    signal: ending.signal,
    later: (work) =>
      track(
        new Promise((resolve, reject) => {
          setImmediate(() => {
            try {
              if (!ending.signal.aborted) work();
              resolve();
            } catch (error) {
              reject(error);
            }
          });
        }),
      ),
    after: (delayMs, work) => {
      const cancel = clock.after(delayMs, () => {
        timers.delete(cancel);
        if (!ending.signal.aborted) work();
      });
      timers.add(cancel);
    },
    inLane: (lane, work) => {
      const before = lanes.get(lane) ?? Promise.resolve();
      const done = before.then(work);
      lanes.set(lane, done);
      track(
        done.finally(() => {
          if (lanes.get(lane) === done) lanes.delete(lane);
        }),
      );
    },
    laneDone: async (isLane) => {
      // what is done may have put more behind itself
      for (let next = open(); next; next = open()) await next;

      function open(): Promise<void> | undefined {
        return [...lanes].find(([lane]) => isLane(lane))?.[1];
      }
    },
    settled: async () => {
      while (pending.size > 0) await Promise.all(pending);
    },
    close: () => {
      ending.abort();
      for (const cancel of timers) cancel();
      timers.clear();
    },
  };
}
