import type { OwnedEvent, Storage } from "@wadesk/core";
import type { Claim, ClaimRequest, InboxStore } from "@wadesk/core/ports";
import { broken, type Flaw } from "./flaw.ts";

/** Keeps events as if they belonged to others, and hands them out as they were. */
function disowned(owner: (event: OwnedEvent) => Partial<OwnedEvent>): (storage: Storage) => Storage {
  return broken("inbox", (own) => {
    const asTheyWere = new Map<string, OwnedEvent>();
    return {
      add: (events) => {
        for (const event of events) asTheyWere.set(event.key, event);
        return own.add(events.map((event) => ({ ...event, ...owner(event) }) as OwnedEvent));
      },
      claim: async (request) =>
        (await own.claim(request)).map((claim) => ({ ...claim, event: asTheyWere.get(claim.event.key) ?? claim.event })),
    };
  });
}

/** Chooses among all that is ready by an order of its own. */
function choosing(
  order: (own: InboxStore) => { choose: (claims: readonly Claim[], request: ClaimRequest) => readonly Claim[] } & Partial<InboxStore>,
): (storage: Storage) => Storage {
  return broken("inbox", (own) => {
    const { choose, ...rest } = order(own);
    return {
      ...rest,
      async claim(request) {
        const all = await own.claim({ ...request, limit: 1000 });
        const chosen = choose(all, request).slice(0, request.limit);
        for (const other of all) if (!chosen.includes(other)) await own.fail(other, request.now, "back", request.now);
        return chosen;
      },
    };
  });
}

const byName = (left: Claim, right: Claim): number =>
  `${left.event.workspaceId} ${left.event.connectionId}` < `${right.event.workspaceId} ${right.event.connectionId}` ? -1 : 1;

/** What may be wrong with whose turn a storage thinks it is. */
export const TURN_FLAWS: readonly Flaw[] = [
  [
    "hands out by age alone",
    "the turns of the inbox come to each workspace, however much another one has waiting, and share a claim evenly",
    disowned(() => ({ workspaceId: "all", connectionId: "all" })),
  ],
  [
    "begins with the same workspace each time",
    "the turns of the inbox come to each workspace when claims are of one event",
    choosing(() => ({ choose: (claims) => claims.toSorted(byName) })),
  ],
  [
    "comes back to the first workspaces before it has been at the last",
    "the turns of the inbox come to each of more workspaces than a claim is long, before any comes again",
    choosing(() => ({ choose: (claims) => claims.toSorted(byName) })),
  ],
  [
    "takes each connection for a workspace",
    "the turns of the inbox are no more for a workspace with many connections",
    disowned(({ connectionId }) => ({ workspaceId: connectionId })),
  ],
  [
    "knows no connections",
    "the turns of the inbox come to each connection of a workspace, however much another one has waiting",
    disowned(() => ({ connectionId: "all" })),
  ],
  [
    "begins with the same connection each time a workspace has its turn",
    "the turns of the inbox come to each connection of a workspace while another workspace has its own",
    choosing(() => {
      const turns = new Map<string, number>();
      const had = (claim: Claim): number => turns.get(claim.event.workspaceId) ?? 0;
      return {
        choose(claims) {
          const [next, ...rest] = claims.toSorted((left, right) => had(left) - had(right) || byName(left, right));
          if (next !== undefined) turns.set(next.event.workspaceId, had(next) + 1);
          return next === undefined ? [] : [next, ...rest];
        },
      };
    }),
  ],
  [
    "gives each workspace its share and no more",
    "the turns of the inbox leave nothing undone that there is room for, whoever has little",
    choosing(() => ({
      choose(claims, { limit }) {
        const groups = [...Map.groupBy(claims, ({ event }) => event.workspaceId).values()];
        return groups.flatMap((all) => all.slice(0, Math.ceil(limit / groups.length)));
      },
    })),
  ],
  [
    "tries again before all else",
    "the turns of the inbox are taken by what is tried again, too: one workspace's failures make nobody wait",
    choosing((own) => {
      const failed = new Map<string, number>();
      const rank = ({ event }: Claim): number => failed.get(event.key) ?? Number.POSITIVE_INFINITY;
      return {
        fail: (claim, ...rest) => {
          failed.set(claim.event.key, failed.size);
          return own.fail(claim, ...rest);
        },
        choose: (claims) => claims.toSorted((left, right) => (rank(left) < rank(right) ? -1 : 1)),
      };
    }),
  ],
];
