import { broken, type Flaw } from "./flaw.ts";

const TIMES = "times that no clock shows";

/** What may be wrong with how a storage keeps times. */
export const TIME_FLAWS: readonly Flaw[] = [
  [
    "goes on telling the time at which it was opened",
    "the storage tells the time by which its leases go, where it goes by another than the process's",
    (storage) => ({ ...storage, now: () => 1_760_000_000_000 }),
  ],
  [
    "keeps the time of a status as the vendor gave it",
    `${TIMES} harm no message`,
    broken("messages", (own) => {
      let statusAt = 0;
      return {
        advanceStatus: (message, status, at) => {
          statusAt = at;
          return own.advanceStatus(message, status, at);
        },
        get: async (...call) => {
          const row = await own.get(...call);
          return row && { ...row, statusAt };
        },
      };
    }),
  ],
  [
    "has no room for the time of a heartbeat, and says so",
    `${TIMES} harm no connection`,
    broken("connections", (own) => ({
      touch: async (seen) => {
        if (!seen.every(({ at }) => Number.isSafeInteger(at))) throw new Error("invalid input syntax for type bigint");
        return own.touch(seen);
      },
    })),
  ],
  [
    "keeps when an event died as it was told",
    `${TIMES} harm no event`,
    broken("inbox", (own) => {
      let diedAt = 0;
      return {
        fail: (claim, retryAt, reason, now) => {
          diedAt = now;
          return own.fail(claim, retryAt, reason, now);
        },
        dead: async (...call) => {
          const page = await own.dead(...call);
          return { ...page, items: page.items.map((letter) => ({ ...letter, diedAt })) };
        },
      };
    }),
  ],
  [
    "cannot store a record that ends in parts of a millisecond",
    `${TIMES} harm no record and no lease`,
    broken("records", (own) => ({
      insert: async (namespace, key, value, expiresAt) => {
        if (expiresAt !== undefined && !Number.isInteger(expiresAt)) throw new Error("invalid input syntax for type bigint");
        return own.insert(namespace, key, value, expiresAt);
      },
    })),
  ],
];
