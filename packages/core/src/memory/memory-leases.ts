import type { Fence, LeaseStore } from "../ports/stores/record-store.ts";
import { wholeTime } from "../time/whole-time.ts";

interface Held extends Fence {
  readonly owner: string;
  readonly until: number;
}

/** Leases in a map; `holds` is how records check a fence. */
export function memoryLeases(now: () => number): { readonly store: LeaseStore; readonly holds: (fence: Fence) => boolean } {
  const leases = new Map<string, Held>();
  let lastToken = 0;

  const holds = (fence: Fence): boolean => {
    const held = leases.get(fence.lease);
    return held !== undefined && held.token === fence.token && held.until > now();
  };

  const store: LeaseStore = {
    async acquire(name, owner, ttlMs) {
      const held = leases.get(name);
      if (held !== undefined && held.until > now()) return undefined;
      lastToken += 1;
      leases.set(name, { lease: name, token: lastToken, owner, until: wholeTime(now() + ttlMs) });
      return { lease: name, token: lastToken };
    },
    async renew(fence, ttlMs) {
      const held = leases.get(fence.lease);
      if (held === undefined || !holds(fence)) return "lost";
      leases.set(fence.lease, { ...held, until: wholeTime(now() + ttlMs) });
      return "renewed";
    },
    async release(fence) {
      if (leases.get(fence.lease)?.token === fence.token) leases.delete(fence.lease);
    },
  };
  return { store, holds };
}
