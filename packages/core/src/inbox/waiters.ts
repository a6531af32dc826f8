import type { OwnedEvent } from "../model/event.ts";

/** How waiting for an event ended. */
export type Settled = "completed" | "unfinished";

/** What a wait goes by. */
export type Awaited = Pick<OwnedEvent, "key" | "orderKey" | "connectionId">;

/** Lets a webhook wait for its own events, and only for them. */
export interface Waiters {
  /** Resolves when the event is completed or dead, or as `unfinished` when an attempt at its order key fails. */
  wait(event: Awaited): Promise<Settled>;
  completed(event: Awaited): void;
  /** An attempt failed: nothing of this order key moves before the retry. */
  backingOff(event: Awaited): void;
  attemptBegins(orderKey: string): void;
  /** Ends the waits of an order key that is backing off already. */
  refuseResting(orderKey: string): void;
  /** Ends the waits of a connection that was removed, and its events with it. */
  forget(connectionId: string): void;
  /** Ends every wait, when the client stops. */
  giveUp(): void;
}

interface Waiter {
  readonly event: Awaited;
  readonly settle: (how: Settled) => void;
}

/** Makes the waiters of one client. */
export function createWaiters(): Waiters {
  const waiting = new Map<string, Set<Waiter>>();
  /** By its key, the order key under which an event is waited for: another one than that of its attempt, where its contact has two names. */
  const waitedAs = new Map<string, string>();
  /** The connection of each order key that rests. */
  const resting = new Map<string, string>();

  const settle = (orderKey: string, how: Settled, fits: (waiter: Waiter) => boolean = () => true): void => {
    const group = waiting.get(orderKey);
    for (const waiter of group ?? []) {
      if (!fits(waiter)) continue;
      group?.delete(waiter);
      waitedAs.delete(waiter.event.key);
      waiter.settle(how);
    }
    if (group?.size === 0) waiting.delete(orderKey);
  };

  return {
    wait: (event) =>
      new Promise((resolve) => {
        const group = waiting.get(event.orderKey) ?? new Set();
        waiting.set(event.orderKey, group);
        group.add({ event, settle: resolve });
        waitedAs.set(event.key, event.orderKey);
      }),
    completed: ({ key, orderKey }) => settle(waitedAs.get(key) ?? orderKey, "completed", (waiter) => waiter.event.key === key),
    backingOff({ key, orderKey, connectionId }) {
      resting.set(orderKey, connectionId);
      settle(orderKey, "unfinished");
      settle(waitedAs.get(key) ?? orderKey, "unfinished", (waiter) => waiter.event.key === key);
    },
    attemptBegins: (orderKey) => void resting.delete(orderKey),
    refuseResting(orderKey) {
      if (resting.has(orderKey)) settle(orderKey, "unfinished");
    },
    forget(connectionId) {
      for (const [orderKey, owner] of resting) if (owner === connectionId) resting.delete(orderKey);
      for (const orderKey of [...waiting.keys()]) settle(orderKey, "completed", (waiter) => waiter.event.connectionId === connectionId);
    },
    giveUp() {
      for (const orderKey of [...waiting.keys()]) settle(orderKey, "unfinished");
    },
  };
}
