import type { OwnedEvent } from "../model/event.ts";
import type { Claim, DeadLetter, InboxState, InboxStore, KeptEvent } from "../ports/stores/inbox-store.ts";
import { pageOf } from "./page-of.ts";

interface Entry {
  readonly key: string;
  readonly workspaceId: string;
  readonly connectionId: string;
  readonly orderKey: string;
  readonly type: string;
  /** Counts what was added. */
  readonly position: number;
  state: Exclude<InboxState, "absent">;
  /** Gone once the event is done. */
  event?: OwnedEvent;
  attempt: number;
  token: number;
  /** When it may be claimed: the retry time of a waiting one, the end of the lease of a running one. */
  dueAt: number;
  endedAt: number;
  reason: string;
}

/** The inbox in maps: entries by key, and a queue of open ones per order key. */
export function memoryInbox(): InboxStore {
  const entries = new Map<string, Entry>();
  const queues = new Map<string, Entry[]>();
  let lastToken = 0;
  let lastPosition = 0;

  const enqueue = (entry: Entry): void => {
    const queue = queues.get(entry.orderKey);
    if (queue === undefined) queues.set(entry.orderKey, [entry]);
    else queue.push(entry);
  };
  const dequeue = (entry: Entry): void => {
    const rest = (queues.get(entry.orderKey) ?? []).filter((other) => other !== entry);
    if (rest.length === 0) queues.delete(entry.orderKey);
    else queues.set(entry.orderKey, rest);
  };
  const held = (claim: Claim): Entry | undefined => {
    const entry = entries.get(claim.event.key);
    return entry?.state === "running" && entry.token === claim.token ? entry : undefined;
  };

  const forget = (concerns: (entry: Entry) => boolean): void => {
    for (const entry of entries.values()) {
      if (!concerns(entry)) continue;
      dequeue(entry);
      entries.delete(entry.key);
    }
  };

  return {
    async add(events) {
      const fresh: OwnedEvent[] = [];
      for (const event of events) {
        if (entries.has(event.key)) continue;
        const { key, workspaceId, connectionId, orderKey, type } = event;
        const place = { key, workspaceId, connectionId, orderKey, type };
        lastPosition += 1;
        const entry: Entry = {
          ...place,
          position: lastPosition,
          event: structuredClone(event),
          state: "waiting",
          attempt: 0,
          token: 0,
          dueAt: 0,
          endedAt: 0,
          reason: "",
        };
        entries.set(key, entry);
        enqueue(entry);
        fresh.push(event);
      }
      return fresh;
    },
    async claim({ types, limit, leaseMs, now }) {
      const claims: Claim[] = [];
      for (const [head] of queues.values()) {
        if (claims.length >= limit) break;
        if (head?.event === undefined || head.dueAt > now || types?.includes(head.type) === false) continue;
        lastToken += 1;
        Object.assign(head, { state: "running", attempt: head.attempt + 1, token: lastToken, dueAt: now + leaseMs });
        claims.push({ event: structuredClone(head.event), attempt: head.attempt, token: head.token });
      }
      return claims;
    },
    async renew(claim, leaseMs, now) {
      const entry = held(claim);
      if (entry !== undefined) entry.dueAt = now + leaseMs;
      return entry !== undefined;
    },
    async done(claim, now) {
      const entry = held(claim);
      if (entry === undefined) return false;
      dequeue(entry);
      Object.assign(entry, { state: "done", endedAt: now });
      delete entry.event;
      return true;
    },
    async fail(claim, retryAt, reason, now) {
      const entry = held(claim);
      if (entry === undefined) return false;
      if (retryAt === "dead") {
        dequeue(entry);
        Object.assign(entry, { state: "dead", reason, endedAt: now });
      } else {
        Object.assign(entry, { state: "waiting", reason, dueAt: retryAt });
      }
      return true;
    },
    states: async (keys) => new Map(keys.map((key) => [key, entries.get(key)?.state ?? "absent"])),
    async nextDue() {
      let next: number | undefined;
      for (const [head] of queues.values()) if (head !== undefined) next = Math.min(head.dueAt, next ?? head.dueAt);
      return next;
    },
    async dead(workspaceId, page) {
      const dead = [...entries.values()].filter(
        (entry) => entry.state === "dead" && (workspaceId === undefined || entry.workspaceId === workspaceId),
      );
      return pageOf(dead.flatMap(toDeadLetter), ({ diedAt, event }) => [-diedAt, event.key], page);
    },
    async replay(keys, workspaceId) {
      const found = [...new Set(keys)].map((key) => entries.get(key)).filter((entry) => entry?.state === "dead");
      const dead = found.filter((entry) => workspaceId === undefined || entry?.workspaceId === workspaceId);
      for (const entry of dead) {
        if (entry === undefined) continue;
        Object.assign(entry, { state: "waiting", attempt: 0, dueAt: 0, reason: "" });
        enqueue(entry);
      }
      return dead.length;
    },
    async counts(workspaceId) {
      const counts = { waiting: 0, running: 0, done: 0, dead: 0 };
      for (const entry of entries.values()) if (workspaceId === undefined || entry.workspaceId === workspaceId) counts[entry.state] += 1;
      return counts;
    },
    async list(workspaceId, page) {
      const kept = [...entries.values()].filter((entry) => entry.workspaceId === workspaceId).flatMap(toKeptEvent);
      return pageOf(kept, ({ event }) => [entries.get(event.key)?.position ?? 0], page);
    },
    async prune({ doneBefore, deadBefore = Number.NEGATIVE_INFINITY, limit }) {
      const ends = { done: doneBefore, dead: deadBefore };
      const old = [...entries.values()].filter(({ state, endedAt }) => (state === "done" || state === "dead") && endedAt < ends[state]);
      for (const { key } of old.slice(0, limit)) entries.delete(key);
      return Math.min(old.length, limit);
    },
    deleteOfConnection: async (workspaceId, connectionId) =>
      forget((entry) => entry.workspaceId === workspaceId && entry.connectionId === connectionId),
    deleteOfWorkspace: async (workspaceId) => forget((entry) => entry.workspaceId === workspaceId),
  };
}

function toKeptEvent({ event, state }: Entry): KeptEvent[] {
  return event === undefined || state === "done" ? [] : [{ event, state }];
}

function toDeadLetter({ event, attempt, reason, endedAt }: Entry): DeadLetter[] {
  return event === undefined ? [] : [{ event, attempts: attempt, reason, diedAt: endedAt }];
}
