import type { Claim, FollowRequest, InboxStore } from "@wadesk/core/ports";
import { broken, type Flaw } from "./flaw.ts";

const IN_ORDER = "a run in the inbox completes what was handled and holds what comes next of its contact, in order and once";
const TOLD = "a run in the inbox is told to be worth it: a claim says whether more of its contact waits";
const FREES = "a run in the inbox frees its contact where nothing comes next, and where nothing may";
const HEAD = "a run in the inbox has a head alone that is renewed and fails: what is behind it waits";
const LOST = "a run in the inbox that lost its lease completes nothing";
const BOUNDED = "a run in the inbox is no longer than is asked for, and never longer than a run may be";
const SINGLY =
  "a run in the inbox comes singly behind an event whose process died, for as many as a run has, so that the next death finds the one that brings it";
const NAMES = "a run in the inbox leaves to the other name of its contact what comes first there";
const ONCE = "a run in the inbox goes on for one of ten that ask at once, as one that asks twice finds another head";

type Done = readonly Claim[];

/** What is open of a contact, as its claims would be, whatever may be handed out of it. */
async function openOf(own: InboxStore, [first]: Done, { limit }: FollowRequest): Promise<readonly Claim[]> {
  if (first === undefined) return [];
  const { items } = await own.list(first.event.workspaceId, { limit: 99 });
  const open = items.filter(({ event }) => event.orderKey === first.event.orderKey).slice(0, limit);
  return open.map(({ event }) => ({ event, attempt: 1, deaths: 0, token: first.token }));
}

/** What may be wrong with how a storage goes on with a claim. */
export const RUN_FLAWS: readonly Flaw[] = [
  [
    "hands on what came last first",
    IN_ORDER,
    broken("inbox", (own) => ({ follow: async (...call) => (await own.follow?.(...call))?.toReversed() })),
  ],
  [
    "completes the first of those that were handled alone",
    IN_ORDER,
    broken("inbox", (own) => ({ follow: async (done, request) => own.follow?.(done.slice(0, 1), request) })),
  ],
  [
    "says of no claim that more waits behind it",
    TOLD,
    broken("inbox", (own) => ({ claim: async (request) => (await own.claim(request)).map(({ more: _more, ...claim }) => claim) })),
  ],
  [
    "goes on where it was to stop",
    FREES,
    broken("inbox", (own) => ({ follow: async (done, request) => own.follow?.(done, { ...request, limit: Math.max(1, request.limit) }) })),
  ],
  [
    "renews no lease of what followed",
    HEAD,
    broken("inbox", (own) => {
      const followed = new Set<string>();
      return {
        follow: async (done, request) => {
          const next = await own.follow?.(done, request);
          for (const { event } of next ?? []) followed.add(event.key);
          return next;
        },
        renew: async (claim, ...rest) => followed.has(claim.event.key) || own.renew(claim, ...rest),
      };
    }),
  ],
  [
    "goes on under whichever token is in force",
    LOST,
    broken("inbox", (own) => {
      const tokens = new Map<string, number>();
      return {
        claim: async (request) => {
          const claims = await own.claim(request);
          for (const { event, token } of claims) tokens.set(event.orderKey, token);
          return claims;
        },
        follow: async (done, request) =>
          own.follow?.(
            done.map((claim) => ({ ...claim, token: tokens.get(claim.event.orderKey) ?? claim.token })),
            request,
          ),
      };
    }),
  ],
  [
    "hands on one more than was asked for",
    BOUNDED,
    broken("inbox", (own) => ({ follow: async (done, request) => own.follow?.(done, { ...request, limit: request.limit + 1 }) })),
  ],
  [
    "hands on many though a process died over them",
    SINGLY,
    broken("inbox", (own) => ({
      follow: async (done, request) => {
        const next = await own.follow?.(done, request);
        return next?.length === 1 ? openOf(own, done, request) : next;
      },
    })),
  ],
  [
    "hands on what is left of a name though the other one has what comes first",
    NAMES,
    broken("inbox", (own) => ({
      follow: async (done, request) => {
        const next = await own.follow?.(done, request);
        return next?.length === 0 ? openOf(own, done, request) : next;
      },
    })),
  ],
  [
    "tells everybody that they went on",
    ONCE,
    broken("inbox", (own) => ({ follow: async (...call) => (await own.follow?.(...call)) ?? [] })),
  ],
];
