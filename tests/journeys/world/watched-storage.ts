import type { Storage } from "@wadesk/core";

/** A storage whose every call is told, with what was handed to it and what it gave back. */
export function watchedStorage(
  storage: Storage,
  note: (call: string, seen: { readonly values: readonly unknown[]; readonly result: unknown }) => void,
): Storage {
  const watched = <Store extends object>(name: string, store: Store): Store =>
    new Proxy(store, {
      get(target, method) {
        const member: unknown = Reflect.get(target, method);
        if (typeof member !== "function") return member;
        return async (...values: unknown[]): Promise<unknown> => {
          const result: unknown = await member.apply(target, values);
          note(`${name}.${String(method)}`, { values, result });
          return result;
        };
      },
    });
  return {
    ...storage,
    connections: watched("connections", storage.connections),
    messages: watched("messages", storage.messages),
    inbox: watched("inbox", storage.inbox),
    records: watched("records", storage.records),
    leases: watched("leases", storage.leases),
  };
}
