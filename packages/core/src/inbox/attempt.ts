import { type RetryPolicy, retryDelayMs } from "../api/backoff.ts";
import { isGone } from "../connections/remove-traces.ts";
import { type HandlerLimit, type LimitTools, limitHandler } from "../handling/handler-limit.ts";
import type { Handlers } from "../handling/handlers.ts";
import type { WadeskEvent } from "../model/event.ts";
import type { Claim } from "../ports/stores/inbox-store.ts";
import type { Company, Place } from "../runtime/company.ts";
import { messageOf } from "../runtime/live.ts";
import { within } from "../time/within.ts";
import { applyEvent, type RowReader } from "./apply.ts";
import type { LeaseTools } from "./keep-lease.ts";
import type { Waiters } from "./waiters.ts";

/** What an attempt needs. */
export interface AttemptTools extends LimitTools, LeaseTools {
  readonly handlers: Handlers;
  readonly waiters: Waiters;
  readonly retry: RetryPolicy;
  readonly company: Company;
  /** One read for all events of a connection that begin together. */
  readonly rowOf: RowReader;
  /** Waits; false at once when the client stops. */
  readonly pause: (delayMs: number) => Promise<boolean>;
}

/** How work on a claim ended. `dueAt` is when its event is due again, where that is known here. */
export interface AttemptEnd {
  /** How many events were completed. */
  readonly completed: number;
  readonly dueAt?: number;
}

/** What an attempt came to: an event as handlers saw it, of which nothing is recorded yet, or an end. */
export type Attempted = { readonly seen: WadeskEvent } | AttemptEnd;

/**
 * Runs one attempt at one event. `toHead` records what was handled before it of the same contact, and answers whether the claim holds this one then. Never
 * rejects.
 */
export async function attemptEvent(
  tools: AttemptTools,
  claim: Claim,
  place: Pick<Place, "alone">,
  toHead: () => Promise<boolean>,
): Promise<Attempted> {
  const { engine, waiters } = tools;
  waiters.attemptBegins(claim.event.orderKey);
  if (failuresOf(claim) > tools.retry.maxAttempts && claim.deaths !== 0) {
    // it never came to a failure of its own: its process ended, though nothing ran beside it; where none ended beside others before, clients that stopped gave it up
    return recordFailure(
      tools,
      claim,
      undefined,
      `the process ended ${tools.retry.maxAttempts} times while nothing but this event was handled`,
    );
  }
  const limit = limitHandler(tools, claim);
  let seen: WadeskEvent | undefined;
  try {
    if (place.alone && !(await noteAlone(tools, claim))) return await giveUp(tools, claim);
    seen = await limit.during(applyEvent(engine, claim.event, tools.rowOf));
    if (seen === undefined) {
      await toHead();
      return await giveUp(tools, claim);
    }
    if (claim.attempt === 1) engine.live.emit(seen.type, seen as never);
    await limit.during(tools.handlers.run(seen, limit.told));
    return { seen };
  } catch (error) {
    if (!(await toHead())) return await giveUp(tools, claim);
    return await recordFailure(tools, claim, seen, messageOf(error), limit);
  } finally {
    limit.end();
  }
}

/** How many attempts count against the event, with this one: all but those that ended with their process while others ran beside them. */
function failuresOf({ attempt, deaths = 0 }: Claim): number {
  return attempt - deaths;
}

// should the process end now, nobody else can be the reason
async function noteAlone({ engine, leaseMs }: AttemptTools, claim: Claim): Promise<boolean> {
  const { time, runtime, storage } = engine;
  try {
    return (claim.deaths ?? 0) === 0 || (await within(time, leaseMs / 3, storage.inbox.renew(claim, leaseMs, time.now(), true)));
  } catch (error) {
    runtime.log.warn(
      { key: claim.event.key, reason: messageOf(error) },
      "that an event is handled alone could not be recorded; it is handled later",
    );
    return false;
  }
}

/** Leaves an event to another attempt, unless the connection was removed, and its events with it. */
export async function giveUp({ engine, waiters, leaseMs }: AttemptTools, { event }: Claim): Promise<AttemptEnd> {
  const { log } = engine.runtime;
  try {
    if (await isGone(engine, event)) {
      waiters.completed(event);
      return { completed: 1 };
    }
  } catch (error) {
    log.warn({ key: event.key, reason: messageOf(error) }, "whether an event's connection is still there could not be read");
  }
  waiters.backingOff(event);
  return { completed: 0, dueAt: engine.time.now() + leaseMs };
}

async function recordFailure(
  tools: AttemptTools,
  claim: Claim,
  seen: WadeskEvent | undefined,
  reason: string,
  limit?: HandlerLimit,
): Promise<AttemptEnd> {
  const { engine, waiters, retry } = tools;
  const { runtime, storage, live } = engine;
  const { event, attempt } = claim;
  const failures = failuresOf(claim);
  const now = engine.time.now();
  const facts = { key: event.key, type: event.type, attempt, reason };
  // a stop says nothing about the event
  const last = failures >= retry.maxAttempts && limit?.halted() !== true;
  const next = last ? "dead" : now + retryDelayMs(failures, runtime.random(), retry);
  try {
    if (!(await within(engine.time, tools.leaseMs / 3, storage.inbox.fail(claim, next, reason, now)))) {
      runtime.log.warn(facts, "a handler failed after its lease was lost; another attempt decides");
      return await giveUp(tools, claim);
    }
  } catch (error) {
    // the lease ends by itself, and the event is tried again then
    runtime.log.error({ ...facts, storage: messageOf(error) }, "a failed attempt could not be recorded");
    waiters.backingOff(event);
    return { completed: 0, dueAt: now + tools.leaseMs };
  }
  if (next !== "dead") {
    runtime.log.warn(facts, "a handler failed; the event is tried again");
    waiters.backingOff(event);
    return { completed: 0, dueAt: next };
  }
  runtime.log.error(facts, "an event failed for the last time; it is kept as a dead letter, and deadLetters.replay() brings it back");
  waiters.completed(event);
  if (seen !== undefined) live.emit("event.died", seen, reason);
  return { completed: 0 };
}
