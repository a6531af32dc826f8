import type { Engine } from "../engine/engine.ts";
import type { Claim } from "../ports/stores/inbox-store.ts";
import { messageOf } from "../runtime/live.ts";
import { within } from "../time/within.ts";

/** The lease of one attempt, renewed while the attempt runs. */
export interface Lease {
  /** Until when nobody else may begin, as far as is known here; milliseconds since the epoch. */
  readonly endsAt: () => number;
  /** Whether the storage said that somebody else has it now. */
  readonly isLost: () => boolean;
  /** It was held until then by other means than its renewal; milliseconds since the epoch. */
  extend(until: number): void;
  /** Renews no more. */
  letGo(): void;
}

/** What keeping a lease needs. */
export interface LeaseTools {
  readonly engine: Engine;
  /** How long a lease lasts, in milliseconds. */
  readonly leaseMs: number;
}

/** Keeps one: a handler may take longer than a lease, and renewing it in time keeps others away meanwhile. `head` answers what is held. */
export function keepLease({ engine, leaseMs }: LeaseTools, head: () => Claim, firstEnd: number): Lease {
  const { log } = engine.runtime;
  const clock = engine.time;
  let endsAt = firstEnd;
  let lost = false;
  let stopped = false;
  let cancel = (): void => {};
  const renew = async (): Promise<void> => {
    const now = clock.now();
    const claim = head();
    try {
      const held = await within(clock, leaseMs / 3, engine.storage.inbox.renew(claim, leaseMs, now));
      endsAt = held ? now + leaseMs : 0;
      lost = !held;
      if (lost) return;
    } catch (error) {
      log.warn({ key: claim.event.key, reason: messageOf(error) }, "a lease could not be renewed; trying again");
    }
    if (!stopped) schedule();
  };
  const schedule = (): void => {
    cancel = clock.after(leaseMs / 3, () => void renew());
  };
  schedule();
  return {
    endsAt: () => endsAt,
    isLost: () => lost,
    extend(until) {
      endsAt = Math.max(endsAt, until);
    },
    letGo() {
      stopped = true;
      cancel();
    },
  };
}
