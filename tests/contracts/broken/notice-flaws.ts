import { type Flaw, noticing } from "./flaw.ts";

const WAKE = "notices wake those who listen for the inbox when events are added or replayed, until they stop";
const NOTHING_ELSE = "notices tell each listener of what it named, and of nothing else";

/** What may be wrong with a storage's notices. */
export const NOTICE_FLAWS: readonly Flaw[] = [
  [
    "tells nobody of a replay",
    WAKE,
    (storage) => {
      let listener = (): void => {};
      return {
        ...storage,
        inbox: { ...storage.inbox, add: (events) => storage.inbox.add(events).finally(() => listener()) },
        changes: {
          subscribe: async (_topic, next) => {
            listener = next;
            return async () => {};
          },
        },
      };
    },
  ],
  [
    "goes on telling those who stopped listening",
    WAKE,
    (storage) => ({
      ...storage,
      changes: {
        subscribe: async (topic, listener) => {
          await storage.changes?.subscribe(topic, listener);
          return async () => {};
        },
      },
    }),
  ],
  [
    "wakes everybody for everything",
    NOTHING_ELSE,
    (storage) => {
      const listeners = new Set<() => void>();
      return {
        ...storage,
        changes: {
          async subscribe(topic, listener) {
            listeners.add(listener);
            return (
              (await storage.changes?.subscribe(topic, () => {
                for (const each of listeners) each();
              })) ?? (async () => {})
            );
          },
        },
      };
    },
  ],
  [
    "tells one workspace of another's connections",
    NOTHING_ELSE,
    (storage) => noticing(storage, (topic) => (topic.topic === "connections" ? { topic: "connections", workspaceId: "acme" } : topic)),
  ],
  [
    "tells nobody of the settings",
    NOTHING_ELSE,
    (storage) => noticing(storage, (topic) => (topic.topic === "settings" ? { topic: "connections", workspaceId: "nobody" } : topic)),
  ],
];
