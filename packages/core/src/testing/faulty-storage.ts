import type { Storage } from "../ports/stores/storage.ts";

/** A storage whose calls are counted, and one of which fails: before it did anything, or after it did everything. */
export interface FaultyStorage {
  readonly storage: Storage;
  /** Makes the call of this number (counted from 1, from now on) fail. */
  failAt(call: number, when: "before" | "after"): void;
  /** How many calls there were since the last `failAt`. */
  calls(): number;
  /** How many calls there were of one method, e.g. `claim`. */
  callsOf(method: string): number;
  /** Whether every call fails from now on, before it did anything. */
  setAway(away: boolean): void;
}

/** Wraps a storage. */
export function faultyStorage(inner: Storage): FaultyStorage {
  let count = 0;
  let away = false;
  const byMethod = new Map<string, number>();
  let fault: { readonly call: number; readonly when: "before" | "after" } | undefined;
  const counted = <Store extends object>(store: Store): Store =>
    new Proxy(store, {
      get(target, name) {
        const method: unknown = Reflect.get(target, name);
        if (typeof method !== "function") return method;
        return async (...values: readonly unknown[]) => {
          count += 1;
          byMethod.set(String(name), (byMethod.get(String(name)) ?? 0) + 1);
          const mine = fault?.call === count ? fault : undefined;
          if (away || mine?.when === "before") throw new Error("the storage is away");
          const result: unknown = await Reflect.apply(method, target, values);
          if (mine?.when === "after") throw new Error("the storage's answer was lost");
          return result;
        };
      },
    });
  const { connections, messages, inbox, records, leases, sessions, ...rest } = inner;
  return {
    storage: {
      ...rest,
      connections: counted(connections),
      messages: counted(messages),
      inbox: counted(inbox),
      records: counted(records),
      leases: counted(leases),
      sessions: counted(sessions),
    },
    failAt(call, when) {
      count = 0;
      fault = { call, when };
    },
    calls: () => count,
    callsOf: (method) => byMethod.get(method) ?? 0,
    setAway(next) {
      away = next;
    },
  };
}
