import type { Storage } from "@wadesk/core";

/** A storage some of whose calls for the sessions' own records are never answered, for as long as a test wants it. */
export interface StuckStorage {
  readonly storage: Storage;
  /** From now on these are not answered, ever; all others are. */
  hold(...methods: readonly ("get" | "set")[]): void;
  /** From now on all are answered again; those that were held are not. */
  letGo(): void;
  /** Resolves when one is held. */
  held(): Promise<void>;
}

/** Makes one of a storage that works. */
export function stuckStorage(storage: Storage): StuckStorage {
  let methods: readonly string[] = [];
  let held = Promise.withResolvers<void>();
  const isHeld = (method: string, namespace: string): boolean => {
    if (!methods.includes(method) || !namespace.startsWith("record/")) return false;
    held.resolve();
    return true;
  };
  const never = <Found>(): Promise<Found> => new Promise(() => {});
  const { records } = storage;
  return {
    storage: {
      ...storage,
      records: {
        ...records,
        get: (namespace, keys) => (isHeld("get", namespace) ? never() : records.get(namespace, keys)),
        set: (namespace, changes, fence) => (isHeld("set", namespace) ? never() : records.set(namespace, changes, fence)),
      },
    },
    hold(...next) {
      methods = next;
      held = Promise.withResolvers();
    },
    letGo() {
      methods = [];
    },
    held: () => held.promise,
  };
}
