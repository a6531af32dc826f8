import { setImmediate as turn } from "node:timers/promises";
import type { OwnedEvent } from "@wadesk/core";
import type { InboxStore } from "@wadesk/core/ports";
import { receivedText } from "@wadesk/testing";

/** One attempt at an event, as its worker saw it. Times are nanoseconds of the machine's clock, which its processes share. */
export interface Attempt {
  readonly key: string;
  readonly orderKey: string;
  readonly from: string;
  readonly until: string;
  readonly outcome: "done" | "failed" | "dead" | "lost";
}

/** How several workers share an inbox. */
export interface Shift {
  /** Of this worker, in its events' keys. */
  readonly name: string;
  /** How many events this worker adds, in batches of five, over the contacts that all share. */
  readonly own: number;
  /** How many events there will be, of all workers. */
  readonly total: number;
  readonly contacts: number;
}

const NOW = 1_760_000_000_000;
// so that an inbox that hands out too little fails instead of hanging
const MOST_ROUNDS = 50_000;

/** Adds events, some twice, and works on whatever it can claim until all events of all workers are done. Answers its attempts. */
export async function workInbox(inbox: InboxStore, { name, own, total, contacts }: Shift): Promise<readonly Attempt[]> {
  const attempts: Attempt[] = [];
  const chance = chances(name);
  let added = 0;

  const attemptAt = async (claim: Awaited<ReturnType<InboxStore["claim"]>>[number]): Promise<void> => {
    const { key, orderKey } = claim.event;
    const from = process.hrtime.bigint();
    await turn();
    const draw = chance();
    const until = process.hrtime.bigint();
    const note = (outcome: Attempt["outcome"]): void => {
      attempts.push({ key, orderKey, from: String(from), until: String(until), outcome });
    };
    if (draw < 0.1) note((await inbox.fail(claim, NOW, "again", NOW)) ? "failed" : "lost");
    else if (draw < 0.15) {
      note((await inbox.fail(claim, "dead", "dead", NOW)) ? "dead" : "lost");
      await inbox.replay([key, "absent"]);
    } else {
      await inbox.renew(claim, 60_000, NOW);
      note((await inbox.done(claim, NOW)) ? "done" : "lost");
    }
  };

  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    if (added < own) {
      const batch = Array.from({ length: Math.min(5, own - added) }, (_, index) => eventOf(name, added + index, contacts));
      added += batch.length;
      // the second delivery is of the same events, in the opposite order
      await Promise.all([inbox.add(batch), inbox.add(batch.toReversed())]);
    }
    const claims = await inbox.claim({ owner: name, limit: 3, leaseMs: 60_000, now: NOW });
    await Promise.all(claims.map(attemptAt));
    if (added >= own && claims.length === 0 && (await inbox.counts()).done === total) return attempts;
    await turn();
  }
  throw new Error(`${name} saw ${JSON.stringify(await inbox.counts())} after ${MOST_ROUNDS} rounds`);
}

/** What was wrong with the work of all workers; empty when nothing was. */
export function faultsOf(attempts: readonly Attempt[], total: number): readonly string[] {
  const faults: string[] = [];
  const done = attempts.filter(({ outcome }) => outcome === "done");
  if (new Set(done.map(({ key }) => key)).size !== total) faults.push("not every event was completed");
  if (done.length !== total) faults.push("an event was completed twice");
  if (attempts.some(({ outcome }) => outcome === "lost")) faults.push("a claim was lost while its lease ran");
  const died = new Set(attempts.filter(({ outcome }) => outcome === "dead").map(({ key }) => key));
  for (const [contact, all] of Map.groupBy(attempts, ({ orderKey }) => orderKey)) {
    const sorted = all.toSorted((left, right) => (BigInt(left.from) < BigInt(right.from) ? -1 : 1));
    for (const [index, attempt] of sorted.entries()) {
      const next = sorted[index + 1];
      if (next !== undefined && BigInt(next.from) < BigInt(attempt.until)) faults.push(`two events of ${contact} were running at once`);
    }
    // each worker's own events began in the order in which it added them, but for those that were brought back
    const kept = sorted.filter(({ key }) => !died.has(key));
    for (const [worker, own] of Map.groupBy(kept, ({ key }) => key.split("-")[0])) {
      const keys = own.map(({ key }) => key);
      if (keys.join() !== keys.toSorted().join()) faults.push(`the events of ${worker} for ${contact} began out of order`);
    }
  }
  return faults;
}

function eventOf(name: string, index: number, contacts: number): OwnedEvent {
  return receivedText({ key: `${name}-${String(index).padStart(5, "0")}`, orderKey: `contact ${index % contacts}` });
}

/** The same sequence between 0 and 1 for the same name. */
function chances(name: string): () => number {
  let state = [...name].reduce((sum, letter) => sum * 31 + (letter.codePointAt(0) ?? 0), 7) >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
