import { WadeskError } from "../errors/wadesk-error.ts";
import type { Clock } from "../ports/runtime.ts";
import type { Fence, LeaseStore } from "../ports/stores/record-store.ts";

const LEASE_MS = 60_000;
const RETRY_MS = 100;
const PATIENCE_MS = 10_000;

/** A lock that is held: its fence, and how to let go. */
export interface HeldLock {
  readonly fence: Fence;
  release(): Promise<void>;
}

/** Named locks: first come, first served in this process, by lease between processes. */
export interface Locks {
  /** Rejects with `conflict` when somebody holds it for more than ten seconds. */
  take(name: string): Promise<HeldLock>;
  during<Result>(name: string, work: (fence: Fence) => Promise<Result>): Promise<Result>;
}

/** Makes the locks of one client. `owner` names this process. */
export function createLocks(leases: LeaseStore, clock: Clock, owner: string): Locks {
  const tails = new Map<string, Promise<void>>();

  const acquire = async (name: string): Promise<Fence> => {
    const giveUpAt = clock.now() + PATIENCE_MS;
    for (;;) {
      const fence = await leases.acquire(name, owner, LEASE_MS);
      if (fence !== undefined) return fence;
      if (clock.now() >= giveUpAt) throw new WadeskError("conflict", { detail: "another process has been busy with it for ten seconds" });
      await new Promise<void>((resolve) => void clock.after(RETRY_MS, resolve));
    }
  };

  const take = async (name: string): Promise<HeldLock> => {
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
      const fence = await acquire(name);
      const release = async (): Promise<void> => {
        try {
          await leases.release(fence);
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

  return {
    take,
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
