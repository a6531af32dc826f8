import { WadeskError } from "../../errors/wadesk-error.ts";
import type { Clock } from "../../time/clock.ts";

/** Ends work on a file that stands still, that its owner gives up, or for which the ground is gone. */
export interface Progress {
  /** Aborted by whichever ends it. */
  readonly signal: AbortSignal;
  /** Resolves when nothing more is to come: it was ended, or it is done. */
  readonly over: Promise<void>;
  /** What `work` answers. Rejects, and aborts the signal, when it takes longer than is left of the limit, or the owner gives up. */
  within<Result>(work: Promise<Result>): Promise<Result>;
  /** Something moved: the limit starts anew. */
  moved(): void;
  /** So many bytes came: what is left of the limit grows by the time that they may take. */
  came(bytes: number): void;
  /** Ends with another signal too, as unavailable for the reason in words. */
  endWith(other: AbortSignal, why: string): void;
  /** Aborts the signal: nobody waits any longer. */
  end(reason?: unknown): void;
  /** It went well: nothing else ends it any longer. */
  done(): void;
}

/** The pace below which a file counts as standing still, in bytes a millisecond: one that drips would hold its reader for weeks. */
const SLOWEST = 4;

/**
 * Watches one piece of work. `idleMs` is how long nothing may move while it is waited for, in milliseconds; `given` is the owner's own signal.
 */
export function watchProgress(clock: Clock, idleMs: number, given: AbortSignal | undefined): Progress {
  const own = new AbortController();
  const done = new AbortController();
  const signal = given === undefined ? own.signal : AbortSignal.any([own.signal, given]);
  const over = Promise.withResolvers<void>();
  const finish = (): void => {
    done.abort();
    over.resolve();
  };
  if (signal.aborted) finish();
  signal.addEventListener("abort", finish, { once: true });
  let left = idleMs;
  let startAnew = (): void => {};
  return {
    signal,
    over: over.promise,
    async within(work) {
      const ended = Promise.withResolvers<never>();
      const abandon = (): void => ended.reject(signal.reason);
      if (signal.aborted) abandon();
      signal.addEventListener("abort", abandon);
      const stalled = (): void => own.abort(standingStill(idleMs));
      let began = clock.now();
      // who awaits a file must hear how it ended
      let cancel = clock.after(left, stalled, "hold");
      startAnew = () => {
        cancel();
        began = clock.now();
        cancel = clock.after(left, stalled, "hold");
      };
      try {
        return await Promise.race([work, ended.promise]);
      } finally {
        startAnew = () => {};
        cancel();
        // a clock that is set anew takes nothing beyond
        left = Math.min(left, Math.max(0, left - (clock.now() - began)));
        signal.removeEventListener("abort", abandon);
      }
    },
    moved() {
      left = idleMs;
      startAnew();
    },
    came(bytes) {
      left = Math.min(idleMs, left + bytes / SLOWEST);
    },
    endWith(other, why) {
      const end = (): void => own.abort(unavailable(why));
      if (other.aborted) end();
      other.addEventListener("abort", end, { once: true, signal: done.signal });
    },
    end: (reason) => own.abort(reason),
    done: finish,
  };
}

function standingStill(idleMs: number): WadeskError {
  return unavailable(`nothing moved for ${idleMs / 1000} seconds, or hardly anything`);
}

function unavailable(detail: string): WadeskError {
  return new WadeskError("media_unavailable", { detail });
}
