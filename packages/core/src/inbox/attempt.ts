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
import { keepLease, type Lease, type LeaseTools } from "./keep-lease.ts";
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

/** How an attempt ended. `dueAt` is when its event is due again, where that is known here. */
export interface AttemptEnd {
  readonly completed: boolean;
  readonly dueAt?: number;
}

const UNRECORDED = { maxAttempts: 40, firstDelayMs: 250, longestDelayMs: 5000 };

/** Runs one attempt at one event to its end, once there is a place for it. Never rejects. */
export async function runAttempt(tools: AttemptTools, claim: Claim, leaseEndsAt: number): Promise<AttemptEnd> {
  const lease = keepLease(tools, claim, leaseEndsAt);
  const place = await tools.company.enter(claim.deaths ?? 0);
  try {
    return place === undefined ? await handBack(tools, claim) : await runInPlace(tools, claim, lease, place);
  } finally {
    place?.leave();
    lease.letGo();
  }
}

async function runInPlace(tools: AttemptTools, claim: Claim, lease: Lease, place: Place): Promise<AttemptEnd> {
  const { engine, waiters } = tools;
  // while it waited for its place; whoever took it over has it in hand
  if (lease.isLost()) return giveUp(tools, claim);
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
    if (seen === undefined) return await giveUp(tools, claim);
    if (claim.attempt === 1) engine.live.emit(seen.type, seen as never);
    await limit.during(tools.handlers.run(seen, limit.told));
    return await complete(tools, claim, seen, lease);
  } catch (error) {
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

// the client stops before there was a place: whoever is there may have it at once
async function handBack({ engine, waiters, leaseMs }: AttemptTools, claim: Claim): Promise<AttemptEnd> {
  const { time, runtime, storage } = engine;
  waiters.backingOff(claim.event);
  try {
    await within(time, leaseMs / 3, storage.inbox.renew(claim, 0, time.now()));
  } catch (error) {
    runtime.log.warn({ key: claim.event.key, reason: messageOf(error) }, "a lease could not be given up; it ends by itself");
  }
  return { completed: false };
}

async function complete(tools: AttemptTools, claim: Claim, seen: WadeskEvent, lease: Lease): Promise<AttemptEnd> {
  const { engine, waiters } = tools;
  const { event } = claim;
  try {
    if (!(await recordDone(tools, claim, lease))) return await giveUp(tools, claim);
  } catch (error) {
    engine.runtime.log.error(
      { key: event.key, type: event.type, storage: messageOf(error) },
      "an event was handled, but that could not be recorded; it is handled again when its lease ends",
    );
    waiters.backingOff(event);
    return { completed: false, dueAt: lease.endsAt() };
  }
  engine.live.emit("event.completed", seen);
  waiters.completed(event);
  return { completed: true };
}

// what a handler did must not be done twice because the storage was away for a moment
async function recordDone({ engine, pause, leaseMs }: AttemptTools, claim: Claim, lease: Lease): Promise<boolean> {
  const { storage, runtime } = engine;
  for (let tries = 1; ; tries += 1) {
    try {
      if (await within(engine.time, leaseMs / 3, storage.inbox.done(claim, engine.time.now()))) return true;
      if (tries === 1 || lease.endsAt() <= engine.time.now()) return false;
      // nobody else may have completed it: an earlier try came through, and only its answer was lost
      return (await storage.inbox.states([claim.event.key])).get(claim.event.key) === "done";
    } catch (error) {
      const delayMs = retryDelayMs(tries, runtime.random(), UNRECORDED);
      const facts = { key: claim.event.key, reason: messageOf(error), delayMs };
      if (tries >= UNRECORDED.maxAttempts || lease.endsAt() <= engine.time.now() + delayMs) throw error;
      runtime.log.warn(facts, "a handled event could not be recorded as such; trying again");
      if (!(await pause(delayMs))) throw error;
    }
  }
}

// another attempt decides, unless the connection was removed, and its events with it
async function giveUp({ engine, waiters, leaseMs }: AttemptTools, { event }: Claim): Promise<AttemptEnd> {
  const { log } = engine.runtime;
  try {
    if (await isGone(engine, event)) {
      waiters.completed(event);
      return { completed: true };
    }
  } catch (error) {
    log.warn({ key: event.key, reason: messageOf(error) }, "whether an event's connection is still there could not be read");
  }
  waiters.backingOff(event);
  return { completed: false, dueAt: engine.time.now() + leaseMs };
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
    return { completed: false, dueAt: now + tools.leaseMs };
  }
  if (next !== "dead") {
    runtime.log.warn(facts, "a handler failed; the event is tried again");
    waiters.backingOff(event);
    return { completed: false, dueAt: next };
  }
  runtime.log.error(facts, "an event failed for the last time; it is kept as a dead letter, and deadLetters.replay() brings it back");
  waiters.completed(event);
  if (seen !== undefined) live.emit("event.died", seen, reason);
  return { completed: false };
}
