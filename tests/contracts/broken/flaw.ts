import type { Storage } from "@wadesk/core";

/** A way in which a storage is broken on purpose: `memoryStorage` behind a wrapper, and the promise of the contract that it does not keep. */
export type Flaw = readonly [name: string, breaks: string, wrap: (storage: Storage) => Storage];

type Stores = Pick<Storage, "connections" | "messages" | "inbox" | "records" | "leases" | "sessions">;

/** Breaks methods of one store; `own` is the store as it was. */
export function broken<Name extends keyof Stores>(
  name: Name,
  patch: (own: Stores[Name], storage: Storage) => Partial<Stores[Name]>,
): (storage: Storage) => Storage {
  return (storage) => ({ ...storage, [name]: { ...storage[name], ...patch(storage[name], storage) } });
}

/** Lets others go first: what a storage does that looks first and writes later. */
export function later(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** Adds the notices that memory does not need, so that their promise can be broken too. */
export function noticing(storage: Storage): Storage {
  const listeners = new Set<() => void>();
  const wake = (): void => {
    for (const listener of listeners) listener();
  };
  const { inbox } = storage;
  return {
    ...storage,
    inbox: {
      ...inbox,
      add: (events) => inbox.add(events).finally(wake),
      replay: (keys, workspaceId) => inbox.replay(keys, workspaceId).finally(wake),
    },
    changes: {
      async subscribe(listener) {
        listeners.add(listener);
        return async () => {
          listeners.delete(listener);
        };
      },
    },
  };
}
