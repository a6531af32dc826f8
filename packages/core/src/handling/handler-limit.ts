import type { HandlerAttempt } from "../api/wadesk.ts";
import type { Engine } from "../engine/engine.ts";
import type { Claim } from "../ports/stores/inbox-store.ts";

/** How long an attempt may run. */
export interface HandlerLimit {
  /** What the handler is told: its signal is aborted at the limit, and when the client stops without it. */
  readonly told: HandlerAttempt;
  /** What `work` answers, or a rejection at the limit. The work itself goes on then, and nothing of it is waited for. */
  during<Result>(work: Promise<Result>): Promise<Result>;
  /** Whether the client stopped before the attempt had ended. */
  readonly halted: () => boolean;
  /** The attempt is over. */
  end(): void;
}

/** What limits an attempt. */
export interface LimitTools {
  readonly engine: Engine;
  /** How long an attempt may run, in milliseconds. */
  readonly handleWithinMs: number;
  /** Ends each attempt that still runs. */
  readonly halts: Set<() => void>;
}

/** An attempt that runs for longer is told of, so that whoever looks at the log sees it before the limit. */
const TELL_AFTER_MS = 30_000;

/** Limits one attempt: a handler that never ends would keep its slot, its contact and a `stop` for ever. */
export function limitHandler({ engine, handleWithinMs, halts }: LimitTools, { event, attempt }: Claim): HandlerLimit {
  const { log } = engine.runtime;
  const clock = engine.time;
  let over: Error | undefined;
  let controller: AbortController | undefined;
  const late = Promise.withResolvers<never>();
  // nobody may be waiting at that moment
  late.promise.catch(() => {});
  let halted = false;
  const factsAfter = (runningMs: number): object => {
    const { key, type, at } = event;
    return { key, type, attempt, runningMs, ageMs: clock.now() - at };
  };
  const giveUp = (reason: string): void => {
    over = new Error(reason);
    controller?.abort(over);
    late.reject(over);
  };
  const tellAfterMs = Math.min(TELL_AFTER_MS, handleWithinMs / 2);
  let cancel = clock.after(tellAfterMs, () => {
    log.warn(
      { ...factsAfter(tellAfterMs), limitMs: handleWithinMs },
      "a handler is still running; at the limit its attempt counts as failed",
    );
    cancel = clock.after(handleWithinMs - tellAfterMs, () => giveUp(`the handler did not end within ${handleWithinMs / 1000} seconds`));
  });
  const halt = (): void => {
    halted = true;
    giveUp("the client stopped before the handler ended");
  };
  halts.add(halt);

  return {
    told: {
      attempt,
      // made when a handler asks for it, which few do
      get signal() {
        controller ??= new AbortController();
        if (over !== undefined) controller.abort(over);
        return controller.signal;
      },
    },
    halted: () => halted,
    async during(work) {
      try {
        return await Promise.race([work, late.promise]);
      } finally {
        if (over !== undefined) tellOfEnd(work);
      }
    },
    end() {
      cancel();
      halts.delete(halt);
    },
  };

  function tellOfEnd(work: Promise<unknown>): void {
    const tell = (): void => log.warn(factsAfter(0), "a handler ended after it was given up; another attempt decides about its event");
    work.then(tell, tell);
  }
}
