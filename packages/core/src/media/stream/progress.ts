import { WadeskError } from "../../errors/wadesk-error.ts";
import type { Clock } from "../../time/clock.ts";

/** Ends work on a file that stands still, or that its owner gives up. */
export interface Progress {
  /** Aborted by whichever ends it. */
  readonly signal: AbortSignal;
  /** What `work` answers. Rejects, and aborts the signal, when it takes longer than the limit or the owner gives up. Starts the limit anew. */
  within<Result>(work: Promise<Result>): Promise<Result>;
  /** Something moved: the limit of the work under way starts anew. */
  moved(): void;
  /** Aborts the signal: nobody waits any longer. */
  end(reason?: unknown): void;
}

/** Watches one piece of work. `idleMs` is how long nothing may move, in milliseconds; `given` is the owner's own signal. */
export function watchProgress(clock: Clock, idleMs: number, given: AbortSignal | undefined): Progress {
  const own = new AbortController();
  const signal = given === undefined ? own.signal : AbortSignal.any([own.signal, given]);
  let startAnew = (): void => {};
  return {
    signal,
    async within(work) {
      const ended = Promise.withResolvers<never>();
      const abandon = (): void => ended.reject(signal.reason);
      if (signal.aborted) abandon();
      signal.addEventListener("abort", abandon);
      const stalled = (): void => own.abort(new WadeskError("media_unavailable", { detail: `nothing moved for ${idleMs / 1000} seconds` }));
      // who awaits a file must hear how it ended
      let cancel = clock.after(idleMs, stalled, "hold");
      startAnew = () => {
        cancel();
        cancel = clock.after(idleMs, stalled, "hold");
      };
      try {
        return await Promise.race([work, ended.promise]);
      } finally {
        startAnew = () => {};
        cancel();
        signal.removeEventListener("abort", abandon);
      }
    },
    moved: () => startAnew(),
    end: (reason) => own.abort(reason),
  };
}
