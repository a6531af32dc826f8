import type { Storage } from "@wadesk/core";
import type { ChangeTopic } from "@wadesk/core/ports";

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

/** Adds the notices that memory does not need, so that their promises can be broken too. `topicOf` may mistake a change for one of another. */
export function noticing(storage: Storage, topicOf = (topic: ChangeTopic): ChangeTopic => topic): Storage {
  const listeners = new Set<readonly [name: string, call: () => void]>();
  const tell = (topic: ChangeTopic): void => {
    for (const [name, call] of listeners) if (name === JSON.stringify(topicOf(topic))) call();
  };
  const wake = (): void => tell({ topic: "inbox" });
  const ofWorkspace = (workspaceId: string) => (): void => tell({ topic: "connections", workspaceId });
  const { inbox, connections, records } = storage;
  return {
    ...storage,
    inbox: {
      ...inbox,
      add: (events) => inbox.add(events).finally(wake),
      replay: (keys, workspaceId) => inbox.replay(keys, workspaceId).finally(wake),
    },
    connections: {
      ...connections,
      insert: (row, limit) => connections.insert(row, limit).finally(ofWorkspace(row.workspaceId)),
      update: (workspaceId, ...change) => connections.update(workspaceId, ...change).finally(ofWorkspace(workspaceId)),
      setPrimary: (workspaceId, ...mark) => connections.setPrimary(workspaceId, ...mark).finally(ofWorkspace(workspaceId)),
      delete: (workspaceId, id) => connections.delete(workspaceId, id).finally(ofWorkspace(workspaceId)),
    },
    records: {
      ...records,
      set: (namespace, ...change) =>
        records.set(namespace, ...change).finally(() => namespace === "settings/" && tell({ topic: "settings" })),
    },
    changes: {
      async subscribe(topic, listener) {
        const own = [JSON.stringify(topic), listener] as const;
        listeners.add(own);
        return async () => {
          listeners.delete(own);
        };
      },
    },
  };
}
