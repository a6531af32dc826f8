import type { Clock } from "../time/clock.ts";
import { endsWithin } from "../time/pause.ts";

/** How long one call to a vendor may take, in milliseconds; an upload of 100 MB on a slow line among them. */
const LIMIT_MS = 120_000;

/** The calls to vendors that are under way. */
export interface Calls {
  /** Runs one. Its signal is aborted when its time is over, and by `stop`. */
  during<Result>(call: (signal: AbortSignal) => Promise<Result>): Promise<Result>;
  /** Counts what has a limit of its own among them until it is over. */
  hold(abort: (reason: Error) => void, over: Promise<void>): void;
  /** Waits so many milliseconds for those that are under way, and aborts the rest; answers how many those were. */
  stop(limitMs: number): Promise<number>;
}

/** Makes the calls of one client. */
export function createCalls(clock: Clock): Calls {
  const running = new Map<Pick<AbortController, "abort">, Promise<unknown>>();
  return {
    async during(call) {
      const controller = new AbortController();
      const cancel = clock.after(LIMIT_MS, () => controller.abort(new Error("the call took too long")));
      const work = call(controller.signal);
      running.set(controller, work);
      try {
        return await work;
      } finally {
        cancel();
        running.delete(controller);
      }
    },
    hold(abort, over) {
      const held = { abort };
      running.set(held, over);
      void over.then(() => running.delete(held));
    },
    async stop(limitMs) {
      const mine = [...running];
      if (await endsWithin(clock, limitMs, Promise.allSettled(mine.map(([, work]) => work)))) return 0;
      const left = mine.filter(([controller]) => running.has(controller));
      for (const [controller] of left) controller.abort(new Error("the client was stopped"));
      return left.length;
    },
  };
}
