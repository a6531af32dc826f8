import { WadeskError } from "../errors/wadesk-error.ts";
import type { Logger } from "../ports/runtime.ts";
import type { Fence, LeaseStore } from "../ports/stores/record-store.ts";
import type { Clock } from "../time/clock.ts";
import { pause } from "../time/pause.ts";
import { within } from "../time/within.ts";
import { messageOf } from "./live.ts";

// outlives its process by no more than this; renewed each third of it, since a busy database may hold the event loop up for seconds
const LEASE_MS = 9000;
const RETRY_MS = 100;
// longer than a lease: what a process left behind that ended is waited for
const PATIENCE_MS = 15_000;

/** A lock that is held: its fence, and how to let go. */
export interface HeldLock {
  readonly fence: Fence;
  release(): Promise<void>;
}

/** Named locks: first come, first served in this process, by lease between processes. The lease is renewed while the lock is held. */
export interface Locks {
  /** Waits its turn in this process, and then rejects with `conflict` when another process holds it for more than fifteen seconds. */
  take(name: string): Promise<HeldLock>;
  /** Nothing when anybody holds it. */
  takeIfFree(name: string): Promise<HeldLock | undefined>;
  during<Result>(name: string, work: (fence: Fence) => Promise<Result>): Promise<Result>;
}

/** What locks are made of. `owner` names this process. */
export interface LockParts {
  readonly leases: LeaseStore;
  readonly clock: Clock;
  readonly log: Logger;
  readonly owner: string;
}

/** Makes the locks of one client. */
export function createLocks({ leases, clock, log, owner }: LockParts): Locks {
  const tails = new Map<string, Promise<void>>();
  /** Leases of ours whose release failed: still ours, so the next taker in this process goes on with them. */
  const unreleased = new Map<string, Fence>();

  const acquireNow = async (name: string): Promise<Fence | undefined> => {
    const left = unreleased.get(name);
    unreleased.delete(name);
    if (left !== undefined && (await leases.renew(left, LEASE_MS)) === "renewed") return left;
    return leases.acquire(name, owner, LEASE_MS);
  };
  const acquire = async (name: string): Promise<Fence> => {
    const giveUpAt = clock.now() + PATIENCE_MS;
    for (;;) {
      const fence = await acquireNow(name);
      if (fence !== undefined) return fence;
      if (clock.now() >= giveUpAt)
        throw new WadeskError("conflict", { detail: "another process has been busy with it for fifteen seconds" });
      await pause(clock, RETRY_MS);
    }
  };

  const renewing = (name: string, fence: Fence): (() => void) => {
    let cancel = (): void => {};
    let stopped = false;
    const schedule = (): void => {
      cancel = clock.after(LEASE_MS / 3, () => {
        const again = (): void => {
          if (!stopped) schedule();
        };
        within(clock, LEASE_MS / 3, leases.renew(fence, LEASE_MS)).then(again, (error: unknown) => {
          log.warn({ lock: name, reason: messageOf(error) }, "a lock could not be renewed; trying again");
          again();
        });
      });
    };
    schedule();
    return () => {
      stopped = true;
      cancel();
    };
  };

  const takeBy = async <Got extends Fence | undefined>(
    name: string,
    acquiring: (name: string) => Promise<Got>,
  ): Promise<HeldLock | Extract<Got, undefined>> => {
    const before = tails.get(name) ?? Promise.resolve();
    const turn = Promise.withResolvers<void>();
    const tail = before.then(() => turn.promise);
    tails.set(name, tail);
    const leave = (): void => {
      turn.resolve();
      if (tails.get(name) === tail) tails.delete(name);
    };
    await before;
    try {
      const fence = await acquiring(name);
      if (fence === undefined) {
        leave();
        return fence as Extract<Got, undefined>;
      }
      const stopRenewing = renewing(name, fence);
      const release = async (): Promise<void> => {
        stopRenewing();
        try {
          await leases.release(fence);
        } catch (error) {
          // what was done under the lock is done, and must not look as if it had failed
          unreleased.set(name, fence);
          log.warn({ lock: name, reason: messageOf(error) }, "a lock could not be released; it ends by itself within seconds");
        } finally {
          leave();
        }
      };
      return { fence, release };
    } catch (error) {
      leave();
      throw error;
    }
  };

  const take = (name: string): Promise<HeldLock> => takeBy(name, acquire);
  return {
    take,
    takeIfFree: async (name) => (tails.has(name) ? undefined : takeBy(name, acquireNow)),
    async during(name, work) {
      const lock = await take(name);
      try {
        return await work(lock.fence);
      } finally {
        await lock.release();
      }
    },
  };
}
