import type { SessionVoice } from "@wadesk/core/ports";
import { machineTurns } from "./machine-turns.ts";

/** A timer that fires so many milliseconds beside its time tells that the clock was set, or that the machine slept. */
const JUMP_MS = 5000;

/** By which clock something is watched, for how long it may take, and what follows when it takes longer. */
export interface OldestWatch {
  readonly after: SessionVoice["after"];
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Milliseconds that one thing may take. */
  readonly limitMs: number;
  /** They are done one after the other, so that each has its time from the end of the last. */
  readonly inTurn?: true;
  /** Called once, after which nothing is watched any more. */
  readonly overdue: () => void;
}

/** Things that are begun and have to end. */
export interface Oldest {
  /** One begins; the answer says that it has ended. */
  begin(): () => void;
  /** Watches no longer. */
  stop(): void;
}

/** Watches the oldest of them, by one timer however many there are. Where the clock jumps, each has its time anew from then on. */
export function watchOldest({ after, now, limitMs, inTurn, overdue }: OldestWatch): Oldest {
  // in the order in which they began
  const begun = new Map<object, number>();
  let lastEnd = Number.NEGATIVE_INFINITY;
  let cancel: (() => void) | undefined;
  let stopped = false;
  let dueAt = 0;
  const beginAnew = (): void => {
    for (const one of begun.keys()) begun.set(one, now());
    lastEnd = Math.min(lastEnd, now());
  };
  const leftMs = (): number | undefined => {
    const [at] = begun.values();
    return at === undefined ? undefined : (inTurn ? Math.max(at, lastEnd) : at) + limitMs - now();
  };
  const look = async (): Promise<void> => {
    cancel = undefined;
    if (Math.abs(now() - dueAt) > JUMP_MS) beginAnew();
    if ((leftMs() ?? 1) <= 0) await machineTurns();
    const left = leftMs();
    if (stopped || cancel !== undefined || left === undefined) return;
    if (left > 0) return wait(left);
    stopped = true;
    overdue();
  };
  const wait = (delayMs: number): void => {
    dueAt = now() + delayMs;
    cancel = after(delayMs, () => void look());
  };
  return {
    begin() {
      const one = {};
      begun.set(one, now());
      if (cancel === undefined && !stopped) wait(limitMs);
      return () => {
        if (begun.delete(one)) lastEnd = now();
      };
    },
    stop() {
      stopped = true;
      cancel?.();
      cancel = undefined;
    },
  };
}
