import type { OwnedEvent } from "@wadesk/core";
import type { Claim } from "@wadesk/core/ports";
import { broken, type Flaw } from "./flaw.ts";

const BY_ITSELF = "an ended lease in the inbox hands its event out by itself, before others, the first one first";
const COUNTED = "an ended lease in the inbox is counted each time, and stays counted when the event fails by itself";
const ALONE = "an ended lease in the inbox is no death among others where its attempt was said to be alone, which holds for that attempt";
const NEXT = "an ended lease in the inbox says nothing about the next event of its contact, nor about one that was brought back";
const GIVEN_UP = "an ended lease in the inbox can be brought about by its holder, who gives the event up";
const costsNothing = (value: string): string =>
  `the values of the inbox cost no other event anything, and their own event is there: ${value}`;

/** What may be wrong with how a storage takes deaths, and with what it can keep. */
export const DEATH_FLAWS: readonly Flaw[] = [
  [
    "hands out all whose leases ended at once",
    BY_ITSELF,
    broken("inbox", (own) => ({
      claim: async (request) => {
        const claims: Claim[] = [];
        for (let more = await own.claim(request); more.length > 0; more = await own.claim(request)) claims.push(...more);
        return claims;
      },
    })),
  ],
  [
    "forgets deaths when a failure follows",
    COUNTED,
    broken("inbox", (own) => {
      const forgotten = new Map<string, number>();
      return {
        fail: (claim, ...rest) => {
          forgotten.set(claim.event.key, claim.deaths ?? 0);
          return own.fail(claim, ...rest);
        },
        claim: async (request) =>
          (await own.claim(request)).map((claim) => ({ ...claim, deaths: (claim.deaths ?? 0) - (forgotten.get(claim.event.key) ?? 0) })),
      };
    }),
  ],
  [
    "does not hear that an attempt is alone",
    ALONE,
    broken("inbox", (own) => ({ renew: (claim, leaseMs, now) => own.renew(claim, leaseMs, now) })),
  ],
  [
    "takes an event that was alone once to be alone for ever",
    ALONE,
    broken("inbox", (own) => {
      const alone = new Set<string>();
      return {
        renew: (claim, leaseMs, now, isAlone) => {
          if (isAlone === true) alone.add(claim.event.key);
          return own.renew(claim, leaseMs, now, isAlone);
        },
        claim: async (request) => {
          const claims = await own.claim(request);
          for (const claim of claims) await own.renew(claim, request.leaseMs, request.now, alone.has(claim.event.key));
          return claims;
        },
      };
    }),
  ],
  [
    "counts the deaths of a contact and not of an event",
    NEXT,
    broken("inbox", (own) => {
      const ofContact = new Map<string, number>();
      return {
        claim: async (request) =>
          (await own.claim(request)).map((claim) => {
            const deaths = Math.max(claim.deaths ?? 0, ofContact.get(claim.event.orderKey) ?? 0);
            ofContact.set(claim.event.orderKey, deaths);
            return { ...claim, deaths };
          }),
      };
    }),
  ],
  [
    "makes no lease shorter",
    GIVEN_UP,
    broken("inbox", (own) => ({ renew: (claim, leaseMs, now, alone) => own.renew(claim, Math.max(leaseMs, 1000), now, alone) })),
  ],
  [
    "makes fields by assigning them",
    "the values of the inbox come back as they were, where JSON can say them",
    broken("inbox", (own) => ({
      claim: async (request) => (await own.claim(request)).map((claim) => ({ ...claim, event: assigned(claim.event) as OwnedEvent })),
    })),
  ],
  ...["5,000 levels", "100,000 levels", "a bigint"].map(
    (value): Flaw => [
      `encodes all events of a call together (${value})`,
      costsNothing(value),
      broken("inbox", (own) => ({
        add: async (events) => {
          try {
            JSON.stringify(events);
          } catch {
            throw new Error("the call cannot be encoded");
          }
          return own.add(events);
        },
      })),
    ],
  ),
  ...["a number without an end", "no number"].map(
    (value): Flaw => [
      `drops what JSON has no word for (${value})`,
      costsNothing(value),
      broken("inbox", (own) => ({
        add: (events) => own.add(events.filter((event) => !JSON.stringify(event).includes('"raw":{"value":null}'))),
      })),
    ],
  ),
];

function assigned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(assigned);
  if (typeof value !== "object" || value === null) return value;
  const copy: Record<string, unknown> = {};
  for (const [name, each] of Object.entries(value)) copy[name] = assigned(each);
  return copy;
}
