import type { OwnedEvent } from "../model/event.ts";

/** How waiting for an event ended. */
export type Settled = "completed" | "unfinished";

/** Lets a webhook wait for its own events, and only for them. */
export interface Waiters {
  /** Resolves when the event is completed or dead, or as `unfinished` when an attempt at its order key fails. */
  wait(event: Pick<OwnedEvent, "key" | "orderKey">): Promise<Settled>;
  completed(event: Pick<OwnedEvent, "key" | "orderKey">): void;
  /** An attempt failed: nothing of this order key moves before the retry. */
  backingOff(orderKey: string): void;
  attemptBegins(orderKey: string): void;
  /** Ends the waits of an order key that is backing off already. */
  refuseResting(orderKey: string): void;
  /** Ends every wait, when the client stops. */
  giveUp(): void;
}

/** Makes the waiters of one client. */
export function createWaiters(): Waiters {
  const waiting = new Map<string, Set<{ readonly key: string; readonly settle: (how: Settled) => void }>>();
  const resting = new Set<string>();

  const settle = (orderKey: string, how: Settled, key?: string): void => {
    const group = waiting.get(orderKey);
    for (const waiter of group ?? []) {
      if (key !== undefined && waiter.key !== key) continue;
      group?.delete(waiter);
      waiter.settle(how);
    }
    if (group?.size === 0) waiting.delete(orderKey);
  };

  return {
    wait: ({ key, orderKey }) =>
      new Promise((resolve) => {
        const group = waiting.get(orderKey) ?? new Set();
        waiting.set(orderKey, group);
        group.add({ key, settle: resolve });
      }),
    completed: ({ key, orderKey }) => settle(orderKey, "completed", key),
    backingOff(orderKey) {
      resting.add(orderKey);
      settle(orderKey, "unfinished");
    },
    attemptBegins: (orderKey) => void resting.delete(orderKey),
    refuseResting(orderKey) {
      if (resting.has(orderKey)) settle(orderKey, "unfinished");
    },
    giveUp() {
      for (const orderKey of [...waiting.keys()]) settle(orderKey, "unfinished");
    },
  };
}
