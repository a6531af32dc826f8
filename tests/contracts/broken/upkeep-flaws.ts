import type { OwnedEvent } from "@wadesk/core";
import { broken, type Flaw } from "./flaw.ts";

const UPKEEP = "the upkeep of the inbox";

/** What may be wrong with how a storage counts, lists, brings back and forgets events, and tells of them. */
export const UPKEEP_FLAWS: readonly Flaw[] = [
  [
    "counts every workspace",
    `${UPKEEP} counts the events in each state, of one workspace or of all`,
    broken("inbox", (own) => ({ counts: () => own.counts() })),
  ],
  [
    "leaves dead letters out of an export",
    `${UPKEEP} lists what is not done of one workspace, as it was added and in that order, page by page`,
    broken("inbox", (own) => ({
      list: async (...call) => {
        const { items, ...rest } = await own.list(...call);
        return { ...rest, items: items.filter(({ state }) => state !== "dead") };
      },
    })),
  ],
  [
    "lists in the order of the keys",
    `${UPKEEP} lists what is not done of one workspace, as it was added and in that order, page by page`,
    broken("inbox", (own) => ({
      list: async (workspaceId) => {
        const { items } = await own.list(workspaceId, { limit: 99 });
        return { items: items.toSorted((left, right) => (left.event.key < right.event.key ? -1 : 1)) };
      },
    })),
  ],
  [
    "begins anew when the row of a cursor is gone",
    `${UPKEEP} lists on in place when events come and go between pages, the one of the cursor too`,
    broken("inbox", (own) => ({
      list: async (workspaceId, { limit, cursor }) => {
        const { items } = await own.list(workspaceId, { limit: 99 });
        const start = items.findIndex(({ event }) => event.key === cursor) + 1;
        const last = items[start + limit - 1];
        return { items: items.slice(start, start + limit), ...(last !== undefined && { next: last.event.key }) };
      },
    })),
  ],
  [
    "forgets why an event died",
    `${UPKEEP} keeps a dead event with its reason, each workspace its own`,
    broken("inbox", (own) => ({ fail: (claim, retryAt, _reason, now) => own.fail(claim, retryAt, "", now) })),
  ],
  [
    "shows dead letters to every workspace",
    `${UPKEEP} keeps a dead event with its reason, each workspace its own`,
    broken("inbox", (own) => ({ dead: (_workspaceId, page) => own.dead(undefined, page) })),
  ],
  [
    "lists the oldest dead letters first",
    `${UPKEEP} pages through dead letters, newest first`,
    broken("inbox", (own) => ({
      dead: async (workspaceId) => ({ items: (await own.dead(workspaceId, { limit: 99 })).items.toReversed() }),
    })),
  ],
  [
    "takes the moment alone for its cursor",
    `${UPKEEP} pages through dead letters without a gap where many died at the same moment`,
    broken("inbox", (own) => ({
      dead: async (workspaceId, { limit, cursor }) => {
        const { items } = await own.dead(workspaceId, { limit: 99 });
        const rest = items.filter((letter) => cursor === undefined || letter.diedAt < Number(cursor));
        const last = rest[limit - 1];
        return { items: rest.slice(0, limit), ...(rest.length > limit && last && { next: String(last.diedAt) }) };
      },
    })),
  ],
  [
    "counts from the start for its cursor",
    `${UPKEEP} goes on in place when dead letters come and go between pages, the one of the cursor too`,
    broken("inbox", (own) => ({
      dead: async (workspaceId, { limit, cursor }) => {
        const { items } = await own.dead(workspaceId, { limit: 99 });
        const end = Number(cursor ?? 0) + limit;
        return { items: items.slice(end - limit, end), ...(items.length > end && { next: String(end) }) };
      },
    })),
  ],
  [
    "says that it brought back whatever it was asked for",
    `${UPKEEP} brings dead letters back once, with a fresh count of attempts, even when ten ask at once`,
    broken("inbox", (own) => ({
      replay: async (keys, workspaceId) => {
        await own.replay(keys, workspaceId);
        return keys.length;
      },
    })),
  ],
  [
    "brings back another workspace's dead letters",
    `${UPKEEP} brings back of one workspace what is its own, and leaves another's dead letters where they are`,
    broken("inbox", (own) => ({ replay: (keys) => own.replay(keys) })),
  ],
  [
    "goes on counting the attempts of what is brought back",
    `${UPKEEP} brings dead letters back once, with a fresh count of attempts, even when ten ask at once`,
    broken("inbox", (own) => {
      let former = 0;
      return {
        claim: async (request) => {
          const claims = await own.claim(request);
          former += claims.length;
          return claims.map((claim) => ({ ...claim, attempt: former }));
        },
      };
    }),
  ],
  [
    "prunes without a limit",
    `${UPKEEP} forgets the keys of old completed events, at most so many at once, and takes them again`,
    broken("inbox", (own) => ({ prune: (request) => own.prune({ ...request, limit: 1000 }) })),
  ],
  [
    "prunes dead letters like completed events",
    `${UPKEEP} forgets dead letters only when asked to, and never what is open`,
    broken("inbox", (own) => ({ prune: (request) => own.prune({ ...request, deadBefore: request.doneBefore }) })),
  ],
  [
    "removes a connection of whichever workspace",
    `${UPKEEP} forgets what belongs to a removed connection`,
    broken("inbox", (own) => ({ deleteOfConnection: (_workspaceId, connectionId) => own.deleteOfConnection("acme", connectionId) })),
  ],
  [
    "says that a claim of a removed workspace was completed",
    `${UPKEEP} forgets what belongs to a removed workspace, and ends its claims`,
    broken("inbox", (own) => ({ done: async (claim, now) => (await own.done(claim, now)) || true })),
  ],
  [
    "keeps the completed keys of a removed workspace",
    `${UPKEEP} forgets what belongs to a removed workspace, and ends its claims`,
    broken("inbox", (own) => {
      const known: OwnedEvent[] = [];
      return {
        add: async (events) => {
          known.push(...events);
          return own.add(events);
        },
        deleteOfWorkspace: async (workspaceId) => {
          const states = await own.states(known.map((event) => event.key));
          await own.deleteOfWorkspace(workspaceId);
          const done = known.filter((event) => states.get(event.key) === "done");
          await own.add(done);
        },
      };
    }),
  ],
];
