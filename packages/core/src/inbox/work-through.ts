import { retryDelayMs } from "../api/backoff.ts";
import type { Connection } from "../model/connection.ts";
import type { WadeskEvent } from "../model/event.ts";
import { type Claim, MOST_IN_RUN } from "../ports/stores/inbox-store.ts";
import type { Place } from "../runtime/company.ts";
import { messageOf } from "../runtime/live.ts";
import { within } from "../time/within.ts";
import type { RowReader } from "./apply.ts";
import { type AttemptEnd, type AttemptTools, attemptEvent, giveUp } from "./attempt.ts";
import { keepLease, type Lease } from "./keep-lease.ts";

/** So long what comes by the dozen, and is held already, is handled before it is recorded; and so long its connection's row counts. */
const MOMENT_MS = 20;
const UNRECORDED = { maxAttempts: 40, firstDelayMs: 250, longestDelayMs: 5000 };

/** What work on a claim needs. */
export interface WorkTools extends AttemptTools {
  /** Whether a claim may go on with what comes next of its contact: false once others may wait for its place. */
  readonly mayGoOn: () => boolean;
}

/**
 * Works on what was claimed, once there is a place for it: one event, and those of its contact that wait behind it, one after the other, for as long as nobody waits
 * for the place. Never rejects.
 */
export async function workThrough(tools: WorkTools, claim: Claim, leaseEndsAt: number): Promise<AttemptEnd> {
  let head = (): Claim => claim;
  const lease = keepLease(tools, () => head(), leaseEndsAt);
  const place = await tools.company.enter(claim.deaths ?? 0);
  try {
    if (place === undefined) return await handBack(tools, claim);
    // while it waited for its place; whoever took it over has it in hand
    if (lease.isLost()) return await giveUp(tools, claim);
    const run = createRun(tools, claim, lease);
    head = run.head;
    return await run.work(place);
  } finally {
    place?.leave();
    lease.letGo();
  }
}

// each member of a group says of each message that it came and that it was read
function comesByTheDozen({ event }: Claim): boolean {
  return event.type === "message.status" && event.data.groupId !== undefined;
}

// what it says changes its connection
function bearsOnIt({ event }: Claim): boolean {
  return event.health !== undefined || event.facts !== undefined;
}

interface Handled {
  readonly claim: Claim;
  readonly seen: WadeskEvent;
}

interface Run {
  readonly head: () => Claim;
  work(place: Place): Promise<AttemptEnd>;
}

/** Each is recorded before the next begins, so that a death hands them out again in their order; the statuses of a group are recorded with those held behind them. */
function createRun(tools: WorkTools, first: Claim, lease: Lease): Run {
  const { engine, waiters } = tools;
  // what died is tried by itself
  const follows = (first.more === true || comesByTheDozen(first)) && (first.deaths ?? 0) === 0 && engine.storage.inbox.follow !== undefined;
  let ahead: readonly Claim[] = [first];
  let current: Claim | undefined;
  let handled: readonly Handled[] = [];
  let underWay: readonly Handled[] = [];
  let recording: Promise<void> | undefined;
  let completed = 0;
  let broken: AttemptEnd | undefined;
  /** Since when something is handled and not on its way to be recorded. */
  let since = 0;

  let seenRow: { readonly row: Connection; readonly at: number } | undefined;

  // of the same connection, and as it was a moment ago
  const rowOf: RowReader = async (workspaceId, id) => {
    const [now, { row, at = 0 }] = [engine.time.now(), seenRow ?? {}];
    const isKnown = row?.id === id && row.workspaceId === workspaceId && now - at < MOMENT_MS;
    if (isKnown && current !== undefined && comesByTheDozen(current) && !bearsOnIt(current)) return row;
    const read = await tools.rowOf(workspaceId, id);
    seenRow = read && current !== undefined && !bearsOnIt(current) ? { row: read, at: now } : undefined;
    return read;
  };
  const isBegun = ({ event }: Claim): boolean =>
    event.key === current?.event.key || handled.some(({ claim }) => claim.event.key === event.key);
  const mayBegin = (): boolean => tools.mayGoOn() && lease.endsAt() > engine.time.now();
  /** Whether what was handled is recorded together with what is held behind it. */
  const gathers = (): boolean =>
    follows &&
    handled.length > 0 &&
    handled.every(({ claim }) => comesByTheDozen(claim)) &&
    engine.time.now() - since < MOMENT_MS &&
    mayBegin();
  const record = async (): Promise<void> => {
    underWay = handled;
    handled = [];
    const [head, ...others] = underWay.map(({ claim }) => claim);
    if (head === undefined) return;
    const goesOn = follows && tools.mayGoOn();
    if (!goesOn) ahead = [];
    const limit = (current === undefined ? 0 : 1) + (goesOn ? MOST_IN_RUN : 0);
    const now = engine.time.now();
    try {
      const held = await recordHandled(tools, [head, ...others], lease, follows ? limit : undefined);
      if (held === undefined) return await lose(underWay);
      if (held.length > 0) lease.extend(now + tools.leaseMs);
      ahead = held.filter((claim) => !isBegun(claim));
    } catch (error) {
      return fail(underWay, error);
    }
    completed += underWay.length;
    for (const { claim, seen } of underWay) {
      engine.live.emit("event.completed", seen);
      waiters.completed(claim.event);
    }
  };
  const lose = async (lost: readonly Handled[]): Promise<void> => {
    for (const { claim } of lost) {
      const end = await giveUp(tools, claim);
      completed += end.completed;
      broken = { ...end, completed: 0 };
    }
  };
  const fail = (lost: readonly Handled[], error: unknown): void => {
    for (const { claim } of lost) {
      const { key, type } = claim.event;
      engine.runtime.log.error(
        { key, type, storage: messageOf(error) },
        "an event was handled, but that could not be recorded; it is handled again when its lease ends",
      );
      waiters.backingOff(claim.event);
    }
    broken = { completed: 0, dueAt: lease.endsAt() };
  };
  /** Begins to record what was handled, unless it is being done; answers when there is nothing to wait for. */
  const recorded = (): Promise<void> | undefined => {
    if (recording === undefined && handled.length > 0 && broken === undefined)
      recording = record().finally(() => {
        recording = undefined;
        underWay = [];
      });
    return recording;
  };
  const toHead = async (): Promise<boolean> => {
    for (let wait = recorded(); wait !== undefined; wait = recorded()) await wait;
    return broken === undefined;
  };

  return {
    head: () => (underWay[0] ?? handled[0])?.claim ?? current ?? ahead[0] ?? first,
    async work(place) {
      for (;;) {
        const wait = ahead[0] !== undefined && comesByTheDozen(ahead[0]) && gathers() ? undefined : recorded();
        if (wait !== undefined) {
          await wait;
          continue;
        }
        const [next, ...others] = ahead;
        if (next === undefined || broken !== undefined) break;
        [current, ahead] = [next, others];
        const attempted = await attemptEvent({ ...tools, rowOf }, next, place, toHead);
        current = undefined;
        if (!("seen" in attempted)) return { ...attempted, completed: completed + attempted.completed };
        if (handled.length === 0) since = engine.time.now();
        handled = [...handled, { claim: next, seen: attempted.seen }];
      }
      for (const { claim } of handled) waiters.backingOff(claim.event);
      return { ...broken, completed };
    },
  };
}

// Records that events of a claim were handled, the head and what followed it, and answers what the claim holds now: with a `limit`, so many of what is behind them
// at most; nothing where the lease was lost. What a handler did must not be done twice because the storage was away for a moment.
async function recordHandled(
  { engine, pause, leaseMs }: Pick<AttemptTools, "engine" | "pause" | "leaseMs">,
  handled: readonly [Claim, ...Claim[]],
  lease: Pick<Lease, "endsAt">,
  limit?: number,
): Promise<readonly Claim[] | undefined> {
  const { time, runtime } = engine;
  const { inbox } = engine.storage;
  const write = async (): Promise<readonly Claim[] | undefined> => {
    if (limit !== undefined) return inbox.follow?.(handled, { limit, leaseMs, now: time.now() });
    return (await inbox.done(handled[0], time.now())) ? [] : undefined;
  };
  for (let tries = 1; ; tries += 1) {
    try {
      const held = await within(time, leaseMs / 3, write());
      if (held !== undefined) return held;
      if (tries === 1 || lease.endsAt() <= time.now()) return undefined;
      // nobody else may have completed them: an earlier try came through, and only its answer was lost
      const states = await inbox.states(handled.map(({ event }) => event.key));
      return [...states.values()].every((state) => state === "done") ? [] : undefined;
    } catch (error) {
      const delayMs = retryDelayMs(tries, runtime.random(), UNRECORDED);
      const facts = { key: handled[0].event.key, reason: messageOf(error), delayMs };
      if (tries >= UNRECORDED.maxAttempts || lease.endsAt() <= time.now() + delayMs) throw error;
      runtime.log.warn(facts, "a handled event could not be recorded as such; trying again");
      if (!(await pause(delayMs))) throw error;
    }
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
  return { completed: 0 };
}
