import { storableEvent } from "../../encoding/storable.ts";
import type { OwnedEvent } from "../../model/event.ts";
import type { Claim, DeadLetter, InboxStore, KeptEvent } from "../../ports/stores/inbox-store.ts";
import { wholeTime } from "../../time/whole-time.ts";
import { copyOf } from "../copy-of.ts";
import { pageOf } from "../page-of.ts";
import { createQueues, type Entry } from "./queues.ts";

const FRESH = { state: "waiting", attempt: 0, deaths: 0, alone: false, token: 0, dueAt: 0, endedAt: 0, reason: "" } as const;

/** The inbox in maps: entries by key, and a queue of open ones per order key. */
export function memoryInbox(): InboxStore {
  const entries = new Map<string, Entry>();
  const queues = createQueues();
  let lastToken = 0;
  let lastPosition = 0;

  const held = (claim: Claim): Entry | undefined => {
    const entry = entries.get(claim.event.key);
    return entry?.state === "running" && entry.token === claim.token ? entry : undefined;
  };
  const hold = (entry: Entry, until: number): Claim[] => {
    const { state, alone, event } = entry;
    if (event === undefined) return [];
    lastToken += 1;
    if (state === "running" && !alone) entry.deaths += 1;
    if (state === "running") queues.died(entry);
    Object.assign(entry, { state: "running", attempt: entry.attempt + 1, alone: false, token: lastToken, dueAt: until });
    queues.hold(entry);
    const { attempt, deaths, token } = entry;
    return [{ event: storableCopy(event), attempt, deaths, token, ...(queues.isMore(entry) && { more: true }) }];
  };
  const end = (entry: Entry, now: number): void => {
    Object.assign(entry, { state: "done", endedAt: wholeTime(now) });
    delete entry.event;
  };
  const forget = (concerns: (entry: Entry) => boolean): void => {
    const gone = new Set([...entries.values()].filter(concerns));
    queues.remove(gone);
    for (const { key } of gone) entries.delete(key);
  };

  return {
    async add(events) {
      const fresh: OwnedEvent[] = [];
      for (const event of events) {
        if (entries.has(event.key)) continue;
        const { key, workspaceId, connectionId, type, phoneOrderKey } = event;
        lastPosition += 1;
        const orderKey = queues.nameOf(event.orderKey);
        const place = { key, workspaceId, connectionId, orderKey, type, position: lastPosition };
        const entry: Entry = { ...place, ...FRESH, event: storableCopy({ ...event, orderKey }) };
        entries.set(key, entry);
        queues.add(entry);
        if (phoneOrderKey !== undefined) queues.join(orderKey, phoneOrderKey);
        fresh.push(event);
      }
      return fresh;
    },
    async claim({ types, limit, leaseMs, now }) {
      if (limit <= 0 || types?.length === 0) return [];
      const fits = ({ type }: Entry): boolean => types?.includes(type) !== false;
      const until = wholeTime(now + leaseMs);
      const ended = queues.ended(now, fits);
      if (ended !== undefined) return hold(ended, until);
      return queues.take(limit, now, fits).flatMap((entry) => hold(entry, until));
    },
    async renew({ event, token }, leaseMs, now, alone) {
      const entry = queues.head(event.orderKey);
      if (entry?.state !== "running" || entry.token !== token) return false;
      const before = entry.dueAt;
      entry.dueAt = wholeTime(now + leaseMs);
      entry.alone ||= alone === true;
      if (entry.dueAt < before) queues.hold(entry);
      return true;
    },
    async done(claim, now) {
      const entry = held(claim);
      if (entry === undefined) return false;
      queues.leave(entry);
      end(entry, now);
      return true;
    },
    async follow(done, { limit, leaseMs, now }) {
      const head = done[0] && held(done[0]);
      if (head === undefined) return undefined;
      const ended = done.flatMap(({ event }) => entries.get(event.key) ?? []);
      const next = queues.follow(ended, limit);
      for (const entry of ended) end(entry, now);
      const [first] = next;
      if (first === undefined) return [];
      const { token } = head;
      Object.assign(first, { state: "running", attempt: 1, token, dueAt: wholeTime(now + leaseMs) });
      queues.hold(first);
      return next.flatMap(({ event }) => (event === undefined ? [] : [{ event: storableCopy(event), attempt: 1, deaths: 0, token }]));
    },
    async fail(claim, retryAt, reason, now) {
      const entry = held(claim);
      if (entry === undefined) return false;
      if (retryAt === "dead") {
        queues.leave(entry);
        Object.assign(entry, { state: "dead", reason, endedAt: wholeTime(now) });
      } else {
        Object.assign(entry, { state: "waiting", reason, dueAt: wholeTime(retryAt) });
        queues.rest(entry);
      }
      return true;
    },
    states: async (keys) => new Map(keys.map((key) => [key, entries.get(key)?.state ?? "absent"])),
    nextDue: async () => queues.nextDue(),
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
        lastPosition += 1;
        Object.assign(entry, { ...FRESH, position: lastPosition });
        queues.add(entry);
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

// a copy of what is nested too deep cannot be made
function storableCopy(event: OwnedEvent): OwnedEvent {
  try {
    return copyOf(event);
  } catch {
    return copyOf(storableEvent(event));
  }
}

function toKeptEvent({ event, state }: Entry): KeptEvent[] {
  return event === undefined || state === "done" ? [] : [{ event, state }];
}

function toDeadLetter({ event, attempt, reason, endedAt }: Entry): DeadLetter[] {
  return event === undefined ? [] : [{ event, attempts: attempt, reason, diedAt: endedAt }];
}
