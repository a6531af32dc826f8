import type { OwnedEvent } from "@wadesk/core";
import type { Claim } from "@wadesk/core/ports";
import { broken, type Flaw, later } from "./flaw.ts";

/** What may be wrong with how a storage takes events, hands them out and completes them. */
export const INBOX_FLAWS: readonly Flaw[] = [
  [
    "looks which events are new first and adds later",
    "the inbox takes an event once, even when ten deliveries race, and answers the new ones only",
    broken("inbox", (own) => ({
      add: async (events) => {
        const states = await own.states(events.map((event) => event.key));
        await later();
        await own.add(events);
        return events.filter((event) => states.get(event.key) === "absent");
      },
    })),
  ],
  [
    "answers nothing when one of a batch was there already",
    "the inbox takes each event once when ten batches share theirs in different orders",
    broken("inbox", (own) => ({
      add: async (events) => {
        const fresh = await own.add(events);
        return fresh.length === events.length ? fresh : [];
      },
    })),
  ],
  [
    "hands out events without holding them",
    "the inbox hands an event to one of ten that claim at once, as it was added",
    broken("inbox", (own) => ({ claim: (request) => own.claim({ ...request, leaseMs: 0 }) })),
  ],
  [
    "forgets whose secret verified an event",
    "the inbox hands an event to one of ten that claim at once, as it was added",
    broken("inbox", (own) => ({ add: (events) => own.add(events.map(({ speaker: _gone, ...event }) => event as OwnedEvent)) })),
  ],
  [
    "forgets the key of a completed event",
    "the inbox never hands out a completed event again, and remembers its key",
    broken("inbox", (own) => ({
      done: async ({ event: { workspaceId, connectionId } }) => {
        await own.deleteOfConnection(workspaceId, connectionId);
        return true;
      },
    })),
  ],
  [
    "tells everybody that they completed the event",
    "the inbox lets one of ten complete a claim",
    broken("inbox", (own) => ({ done: async (claim, now) => (await own.done(claim, now)) || true })),
  ],
  [
    "never ends a lease",
    "the inbox hands an event to another when its lease ended, and the late one can no longer complete it",
    broken("inbox", (own) => ({ claim: (request) => own.claim({ ...request, leaseMs: 1e9 }) })),
  ],
  [
    "goes by the key of a claim and not by its token",
    "the inbox hands an event to another when its lease ended, and the late one can no longer complete it",
    broken("inbox", (own) => {
      const last = new Map<string, Claim>();
      return {
        claim: async (request) => {
          const claims = await own.claim(request);
          for (const claim of claims) last.set(claim.event.key, claim);
          return claims;
        },
        done: (claim, now) => own.done(last.get(claim.event.key) ?? claim, now),
      };
    }),
  ],
  [
    "says that it failed what was completed",
    "the inbox lets a claim end once: what was completed, failed or given up is not completed again",
    broken("inbox", (own) => ({ fail: async (...call) => (await own.fail(...call)) || true })),
  ],
  [
    "renews nothing",
    "the inbox keeps an event with its holder for as long as the lease is renewed",
    broken("inbox", () => ({ renew: async () => true })),
  ],
  [
    "hands a failed event out again at once",
    "the inbox hands a failed event out again when its time has come, with the next attempt's number",
    broken("inbox", (own) => ({ fail: (claim, retryAt, reason, now) => own.fail(claim, retryAt === "dead" ? retryAt : now, reason, now) })),
  ],
  [
    "counts every attempt as the first",
    "the inbox hands a failed event out again when its time has come, with the next attempt's number",
    broken("inbox", (own) => ({
      claim: async (request) => (await own.claim(request)).map((claim) => ({ ...claim, attempt: 1 })),
    })),
  ],
  [
    "names a time though nothing waits",
    "the inbox tells when the next event is due or the next lease ends, and nothing when none waits",
    broken("inbox", (own) => ({ nextDue: async () => (await own.nextDue()) ?? 0 })),
  ],
  [
    "calls what waits for a retry running",
    "the inbox tells the state of each key",
    broken("inbox", (own) => {
      const claimed = new Set<string>();
      return {
        claim: async (request) => {
          const claims = await own.claim(request);
          for (const { event } of claims) claimed.add(event.key);
          return claims;
        },
        states: async (keys) =>
          new Map([...(await own.states(keys))].map(([key, state]) => [key, state === "waiting" && claimed.has(key) ? "running" : state])),
      };
    }),
  ],
  [
    "leaves out the keys it does not know",
    "the inbox tells the state of each key",
    broken("inbox", (own) => ({
      states: async (keys) => new Map([...(await own.states(keys))].filter(([, state]) => state !== "absent")),
    })),
  ],
  [
    "takes two hundred events at most",
    "the inbox takes five hundred events at once, and tells the states of a thousand",
    broken("inbox", (own) => ({ add: (events) => own.add(events.slice(0, 200)) })),
  ],
  [
    "drops a batch that holds an awkward text",
    "the inbox takes what texts may hold, tells it apart, and no neighbour suffers",
    broken("inbox", (own) => ({ add: async (events) => (events.some((event) => event.key.includes("\0")) ? [] : own.add(events)) })),
  ],
  [
    "cuts a key after 2,700 letters",
    "the inbox takes what texts may hold, tells it apart, and no neighbour suffers",
    broken("inbox", (own) => ({ add: (events) => own.add(events.map((event) => ({ ...event, key: event.key.slice(0, 2700) }))) })),
  ],
  [
    "hands out the latest event first",
    "the order of the inbox gives the head of each contact only, in the order they were added",
    broken("inbox", (own) => ({ add: (events) => own.add(events.toReversed()) })),
  ],
  [
    "goes by the last place of an event that a batch names twice",
    "the order of the inbox gives the head of each contact only, in the order they were added",
    broken("inbox", (own) => ({
      add: (events) => own.add(events.filter((event, index) => events.findLastIndex(({ key }) => key === event.key) === index)),
    })),
  ],
  [
    "hands out one more than asked for",
    "the order of the inbox never gives more than was asked for",
    broken("inbox", (own) => ({ claim: (request) => own.claim({ ...request, limit: request.limit + 1 }) })),
  ],
  [
    "gives up the place of a head that waits",
    "the order of the inbox holds a contact back while its head waits for a retry, and no other",
    broken("inbox", (own) => ({
      fail: async (claim, _retryAt, reason, now) => {
        await own.fail(claim, "dead", reason, now);
        return (await own.replay([claim.event.key])) > 0;
      },
    })),
  ],
  [
    "holds a contact back for its dead head",
    "the order of the inbox frees a contact when its head is dead",
    broken("inbox", (own) => ({ fail: (claim, _retryAt, reason, now) => own.fail(claim, now + 1e9, reason, now) })),
  ],
  [
    "keeps a contact held for an event that is gone",
    "the order of the inbox frees a contact when the connection of its head was removed",
    broken("inbox", (own) => {
      let held = false;
      return {
        deleteOfConnection: async (...call) => {
          held = true;
          await own.deleteOfConnection(...call);
        },
        claim: async (request) => (held ? [] : own.claim(request)),
      };
    }),
  ],
  [
    "puts what is replayed at the head of its contact",
    "the order of the inbox puts what is replayed at the end of its contact",
    broken("inbox", (own) => {
      let given: OwnedEvent | undefined;
      return {
        fail: async (claim, _retryAt, reason, now) => {
          given = claim.event;
          return own.fail(claim, now, reason, now);
        },
        replay: async () => (given === undefined ? 0 : 1),
      };
    }),
  ],
  [
    "passes over a head of another type",
    "the order of the inbox gives the types that were asked for only, and does not pass over a head of another type",
    broken("inbox", (own) => ({
      claim: async ({ types, ...request }) => {
        const claims = await own.claim(request);
        return claims.filter(({ event }) => types?.includes(event.type) !== false);
      },
    })),
  ],
  [
    "hands out every type when none was asked for",
    "the order of the inbox gives the types that were asked for only, and does not pass over a head of another type",
    broken("inbox", (own) => ({
      claim: ({ types = [], ...request }) => own.claim({ ...request, ...(types.length > 0 && { types }) }),
    })),
  ],
  [
    "takes any claim on a contact for the one that holds it",
    "the order of the inbox ends a claim with its lease, whichever event of the contact is claimed next",
    broken("inbox", (own) => {
      const holders = new Map<string, Claim>();
      return {
        claim: async (request) => {
          const claims = await own.claim(request);
          for (const claim of claims) holders.set(claim.event.orderKey, claim);
          return claims;
        },
        done: (claim, now) => own.done(holders.get(claim.event.orderKey) ?? claim, now),
      };
    }),
  ],
  [
    "lets go of a contact whenever another event of it comes in",
    "the order of the inbox never gives two events of a contact at once, even while ten add to it",
    broken("inbox", (own) => {
      const claims: Claim[] = [];
      return {
        claim: async (request) => {
          const fresh = await own.claim(request);
          claims.push(...fresh);
          return fresh;
        },
        add: async (events) => {
          for (const claim of claims.splice(0)) await own.done(claim, 0);
          return own.add(events);
        },
      };
    }),
  ],
  [
    "has as many queues as events",
    "the order of the inbox is kept by ten that work at once, while ten others add",
    broken("inbox", (own) => ({ add: (events) => own.add(events.map((event) => ({ ...event, orderKey: event.key }))) })),
  ],
];
