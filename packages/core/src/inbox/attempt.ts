import type { Engine } from "../client/engine.ts";
import type { WadeskEvent } from "../model/event.ts";
import type { Claim } from "../ports/stores/inbox-store.ts";
import { messageOf } from "../runtime/live.ts";
import { applyEvent } from "./apply.ts";
import { type RetryPolicy, retryDelayMs } from "./backoff.ts";
import type { Handlers } from "./handlers.ts";
import type { Waiters } from "./waiters.ts";

/** What an attempt needs. */
export interface AttemptTools {
  readonly engine: Engine;
  readonly handlers: Handlers;
  readonly waiters: Waiters;
  readonly retry: RetryPolicy;
  readonly leaseMs: number;
}

/** Runs one attempt at one event to its end; answers whether it completed the event. Never rejects. */
export async function runAttempt(tools: AttemptTools, claim: Claim): Promise<boolean> {
  const { engine, waiters } = tools;
  const { event } = claim;
  waiters.attemptBegins(event.orderKey);
  if (claim.attempt > tools.retry.maxAttempts) {
    // it never came to a failure of its own: each attempt ended with its process
    await recordFailure(tools, claim, undefined, `the process ended during each of ${tools.retry.maxAttempts} attempts`);
    return false;
  }
  const release = keepLease(tools, claim);
  let seen: WadeskEvent | undefined;
  try {
    seen = await applyEvent(engine, event);
    if (seen !== undefined) {
      if (claim.attempt === 1) engine.live.emit(seen.type, seen as never);
      await tools.handlers.run(seen, claim.attempt);
    }
    const completed = await engine.storage.inbox.done(claim, engine.runtime.clock.now());
    if (completed && seen !== undefined) engine.live.emit("event.completed", seen);
    // when the lease was lost, another attempt decides
    if (completed) waiters.completed(event);
    else waiters.backingOff(event);
    return completed;
  } catch (error) {
    await recordFailure(tools, claim, seen, messageOf(error));
    return false;
  } finally {
    release();
  }
}

async function recordFailure(
  { engine, waiters, retry }: AttemptTools,
  claim: Claim,
  seen: WadeskEvent | undefined,
  reason: string,
): Promise<void> {
  const { runtime, storage, live } = engine;
  const { event, attempt } = claim;
  const now = runtime.clock.now();
  const facts = { key: event.key, type: event.type, attempt, reason };
  const dead = attempt >= retry.maxAttempts;
  try {
    const held = await storage.inbox.fail(claim, dead ? "dead" : now + retryDelayMs(attempt, runtime.random(), retry), reason, now);
    if (!held) {
      runtime.log.warn(facts, "a handler failed after its lease was lost; another attempt decides");
      waiters.backingOff(event);
      return;
    }
  } catch (error) {
    // the lease ends by itself, and the event is tried again then
    runtime.log.error({ ...facts, storage: messageOf(error) }, "a failed attempt could not be recorded");
    waiters.backingOff(event);
    return;
  }
  if (!dead) {
    runtime.log.warn(facts, "a handler failed; the event is tried again");
    waiters.backingOff(event);
    return;
  }
  runtime.log.error(facts, "an event failed for the last time; it is kept as a dead letter, and deadLetters.replay() brings it back");
  waiters.completed(event);
  if (seen !== undefined) live.emit("event.died", seen, reason);
}

// a handler may take longer than a lease; renewing it in time keeps others away while it runs
function keepLease({ engine, leaseMs }: AttemptTools, claim: Claim): () => void {
  const { clock, log } = engine.runtime;
  let stopped = false;
  let cancel = (): void => {};
  const schedule = (): void => {
    cancel = clock.after(leaseMs / 3, () => {
      engine.storage.inbox.renew(claim, leaseMs, clock.now()).then(
        (held) => {
          if (held && !stopped) schedule();
        },
        (error: unknown) => {
          log.warn({ key: claim.event.key, reason: messageOf(error) }, "a lease could not be renewed; trying again");
          if (!stopped) schedule();
        },
      );
    });
  };
  schedule();
  return () => {
    stopped = true;
    cancel();
  };
}
