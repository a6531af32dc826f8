import type { Fence, TimedValue } from "@wadesk/core/ports";
import { broken, type Flaw, later } from "./flaw.ts";

/** What may be wrong with a storage's records and leases. */
export const RECORD_FLAWS: readonly Flaw[] = [
  [
    "takes bytes for text",
    "records come back byte for byte, the absent ones not at all, and undefined deletes",
    broken("records", (own) => ({
      get: async (namespace, keys) => {
        const found = await own.get(namespace, keys);
        return new Map([...found].map(([key, value]) => [key, new TextEncoder().encode(new TextDecoder().decode(value))]));
      },
    })),
  ],
  [
    "keeps the bytes it was given, not their copy",
    "records are copies, so a caller cannot edit what is stored",
    broken("records", (own) => {
      let kept: ReadonlyMap<string, TimedValue | undefined> = new Map();
      return {
        set: async (namespace, changes) => {
          kept = changes;
          return own.set(namespace, changes);
        },
        get: async (_namespace, keys) => new Map(keys.map((key) => [key, kept.get(key)?.value ?? new Uint8Array()])),
      };
    }),
  ],
  [
    "answers a hundred at most",
    "records are written and read a thousand at a time",
    broken("records", (own) => ({ get: (namespace, keys) => own.get(namespace, keys.slice(0, 100)) })),
  ],
  [
    "never lets a record end",
    "records read as absent once their time is over",
    broken("records", (own) => ({
      set: (namespace, changes) =>
        own.set(namespace, new Map([...changes].map(([key, change]) => [key, change && { value: change.value }]))),
    })),
  ],
  [
    "looks first and inserts later",
    "records are inserted by one of ten that race, and taken by one",
    broken("records", (own) => ({
      insert: async (namespace, key, value) => {
        const { size } = await own.get(namespace, [key]);
        await later();
        if (size > 0) return false;
        await own.set(namespace, new Map([[key, { value }]]));
        return true;
      },
    })),
  ],
  [
    "reads first and deletes later",
    "records are inserted by one of ten that race, and taken by one",
    broken("records", (own) => ({
      take: async (namespace, key) => {
        const value = (await own.get(namespace, [key])).get(key);
        await later();
        await own.take(namespace, key);
        return value;
      },
    })),
  ],
  [
    "writes one record after the other",
    "records are written whole, even when ten write the same ones",
    broken("records", (own) => ({
      set: async (namespace, changes) => {
        for (const entry of changes) {
          await own.set(namespace, new Map([entry]));
          await later();
        }
        return "written";
      },
    })),
  ],
  [
    "takes the lower dash of a namespace for any letter",
    "records are scanned and cleared by the beginning of their namespace, and by nothing more",
    broken("records", (own) => ({
      clear: async (prefix) => {
        const pattern = new RegExp(`^${prefix.replaceAll("_", ".").replaceAll("%", ".*")}`);
        for (const { namespace } of (await own.scan("")).items) if (pattern.test(namespace)) await own.clear(namespace);
      },
    })),
  ],
  [
    "takes upper and lower case of a namespace for the same",
    "records are scanned and cleared by the beginning of their namespace, and by nothing more",
    broken("records", (own) => ({
      scan: async (prefix) => {
        const { items } = await own.scan("");
        return { items: items.filter(({ namespace }) => namespace.toLowerCase().startsWith(prefix.toLowerCase())) };
      },
    })),
  ],
  [
    "counts from the start for its cursor",
    "records are scanned without a gap, though those already seen go meanwhile",
    broken("records", (own) => ({
      scan: async (prefix, cursor = "0") => {
        const { items } = await own.scan(prefix);
        const end = Number(cursor) + 100;
        return { items: items.slice(end - 100, end), ...(items.length > 0 && { next: String(end) }) };
      },
    })),
  ],
  [
    "forgets every ended record at once",
    "records are forgotten when their time is over, at most so many at once, and the others stay",
    broken("records", (own) => ({ prune: () => own.prune(1000) })),
  ],
  [
    "cuts a key after 255 letters",
    "records come back and are told apart, whatever their namespace and key hold",
    broken("records", (own) => ({
      set: (namespace, changes) => own.set(namespace.slice(0, 255), changes),
      get: (namespace, keys) => own.get(namespace.slice(0, 255), keys),
    })),
  ],
  [
    "lists in the order of UTF-16",
    "lists of records hold the keys of one namespace, in the order of their bytes and page by page",
    broken("records", (own) => ({
      list: async (namespace, { limit, cursor = "[0]" }) => {
        const { items } = await own.list(namespace, { limit: 1000 });
        const [at] = JSON.parse(cursor) as [number];
        const sorted = items.toSorted((left, right) => (left.key < right.key ? -1 : 1));
        return { items: sorted.slice(at, at + limit), ...(at + limit < sorted.length && { next: JSON.stringify([at + limit]) }) };
      },
    })),
  ],
  [
    "takes the percent sign of a prefix for anything",
    "lists of records hold the keys with a prefix, and nothing else",
    broken("records", (own) => ({
      list: (namespace, page) => own.list(namespace, { ...page, prefix: page.prefix?.replace(/%.*/, "") ?? "" }),
    })),
  ],
  [
    "looks for the first letters of a long prefix only",
    "lists of records hold every key once, whatever it holds, and find it by the whole of it",
    broken("records", (own) => ({ list: (namespace, page) => own.list(namespace, { ...page, prefix: page.prefix?.slice(0, 64) ?? "" }) })),
  ],
  [
    "counts the keys of a list from the front",
    "lists of records go on where they were, though the keys already seen go meanwhile",
    broken("records", (own) => ({
      list: async (namespace, { limit, cursor = "[0]" }) => {
        const { items } = await own.list(namespace, { limit: 1000 });
        const [at] = JSON.parse(cursor) as [number];
        return { items: items.slice(at, at + limit), ...(items.length > 0 && { next: JSON.stringify([at + limit]) }) };
      },
    })),
  ],
  [
    "lists what has ended",
    "lists of records say when a record ends, and leave it out once it has ended",
    broken("records", (own) => {
      const ends = new Map<string, number>();
      return {
        set: (namespace, changes) => {
          for (const [key, change] of changes) if (change?.expiresAt !== undefined) ends.set(key, change.expiresAt);
          return own.set(namespace, changes);
        },
        list: async () => ({ items: [...ends].map(([key, expiresAt]) => ({ key, expiresAt })) }),
      };
    }),
  ],
  [
    "begins at the front for any cursor",
    "lists of records are refused for a cursor that no list answered",
    broken("records", (own) => ({ list: (namespace, { cursor: _any, ...page }) => own.list(namespace, page) })),
  ],
  [
    "writes a change set a hundred at a time",
    "lists of records show a change of eight hundred keys whole or not at all, what is put and what is deleted, under a fence",
    broken("records", (own) => ({
      set: async (namespace, changes, fence) => {
        const all = [...changes];
        let result: "written" | "fenced" = "written";
        for (let at = 0; at < all.length; at += 100) {
          result = await own.set(namespace, new Map(all.slice(at, at + 100)), fence);
          await later();
        }
        return result;
      },
    })),
  ],
  [
    "writes what comes before it looks at the fence",
    "records are not written, not even in part, by a holder that lost its lease",
    broken("records", (own) => ({
      set: async (namespace, changes, fence) => {
        const [first, ...rest] = changes;
        if (first !== undefined) await own.set(namespace, new Map([first]));
        return own.set(namespace, new Map(rest), fence);
      },
    })),
  ],
  [
    "goes by the token alone, not by the time of its lease",
    "records are not written, not even in part, by a holder that lost its lease",
    (storage) => {
      const holders = new Map<string, Fence>();
      return {
        ...storage,
        leases: {
          ...storage.leases,
          acquire: async (name, owner, ttlMs) => {
            const fence = await storage.leases.acquire(name, owner, ttlMs);
            if (fence !== undefined) holders.set(name, fence);
            return fence;
          },
        },
        records: {
          ...storage.records,
          set: async (namespace, changes, fence) =>
            fence === undefined || holders.get(fence.lease)?.token === fence.token ? storage.records.set(namespace, changes) : "fenced",
        },
      };
    },
  ],
  [
    "lets one write under a lease that was released",
    "records are not written under a lease that was released, nor under another's name",
    broken("leases", () => ({ release: async () => {} })),
  ],
  [
    "gives every holder the same token",
    "leases have one holder, whose token is higher than any before",
    broken("leases", (own) => ({
      acquire: async (...call) => {
        const fence = await own.acquire(...call);
        return fence && { ...fence, token: 1 };
      },
    })),
  ],
  [
    "renews a lease that was lost",
    "leases last as long as they are renewed, and a lost one is not renewed",
    broken("leases", (own) => ({
      renew: async (fence, ttlMs) => {
        await own.renew(fence, ttlMs);
        return "renewed";
      },
    })),
  ],
  [
    "looks whether a lease ended and takes it later",
    "leases pass to one of ten when they end",
    broken("leases", () => {
      let token = 0;
      let holders = 0;
      return {
        acquire: async (lease) => {
          const free = holders % 10 === 0 || token === 1;
          await later();
          if (!free) return undefined;
          holders += 1;
          token += 1;
          return { lease, token };
        },
        renew: async () => "lost",
      };
    }),
  ],
  [
    "lets a former holder release the lease of the next",
    "leases are free at once when they are released, and a former holder releases nothing",
    broken("leases", (own) => {
      let last: Fence | undefined;
      return {
        acquire: async (...call) => {
          last = (await own.acquire(...call)) ?? last;
          return last;
        },
        release: async () => {
          if (last !== undefined) await own.release(last);
        },
      };
    }),
  ],
  [
    "takes names with and without a space at their end for one",
    "leases are told apart, whatever their names hold",
    broken("leases", (own) => ({
      acquire: async (name, owner, ttlMs) => {
        const fence = await own.acquire(name.trimEnd(), owner, ttlMs);
        return fence && { ...fence, lease: name };
      },
    })),
  ],
];
