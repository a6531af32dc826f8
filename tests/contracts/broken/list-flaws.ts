import type { ConnectionChanges } from "@wadesk/core";
import type { ConnectionStore } from "@wadesk/core/ports";
import { broken, type Flaw } from "./flaw.ts";

const COUNTS = "lists of connections agree with the counts by state and by region, in which a channel and a region may be chosen";
const SEARCH = "lists of connections are searched by a part of the label in whichever case, and by the digits of the number";
const ONCE = "changes of connections are told each once, as the rows now stand and in the order of the last change, those removed as such";
const MARK = "changes of connections are those of the mark too, and not a heartbeat, what was refused, or another workspace's";
const PARTS = "changes of connections come in parts, and the last cursor goes on where they ended";
const NEVER_MISSED = "changes of connections are never missed by who goes on from each answer while ten change at once";
const ANEW =
  "changes of connections begin anew where a cursor is of what was forgotten, or of what is to come, and a cursor that none gave is refused";

// what a storage answers in place of what it found
function answering(change: (found: ConnectionChanges, own: ConnectionStore, workspaceId: string) => Promise<ConnectionChanges>): Flaw[2] {
  return broken("connections", (own) => ({
    async changedSince(workspaceId, cursor, limit) {
      const found = await own.changedSince(workspaceId, cursor, limit);
      return found && change(found, own, workspaceId);
    },
  }));
}

/** What may be wrong with searches, counts by region, and what changed. */
export const LIST_FLAWS: readonly Flaw[] = [
  [
    "counts regions of every channel",
    COUNTS,
    broken("connections", (own) => ({
      async counts(workspaceId, scope) {
        const { channel: _all, ...rest } = scope;
        return { ...(await own.counts(workspaceId, scope)), regions: (await own.counts(workspaceId, rest)).regions };
      },
    })),
  ],
  [
    "orders regions by name",
    COUNTS,
    broken("connections", (own) => ({
      async counts(workspaceId, scope) {
        const found = await own.counts(workspaceId, scope);
        return { ...found, regions: found.regions.toSorted((left, right) => (left.region < right.region ? -1 : 1)) };
      },
    })),
  ],
  [
    "tells small letters from great ones",
    SEARCH,
    broken("connections", (own) => ({
      async list(workspaceId, { search = "", ...filter }, page) {
        const { items } = await own.list(workspaceId, filter, page);
        return { items: items.filter((row) => row.label.includes(search)) };
      },
    })),
  ],
  [
    "takes what is searched for a pattern",
    SEARCH,
    broken("connections", (own) => ({
      list: (workspaceId, { search, ...filter }, page) =>
        own.list(workspaceId, { ...filter, ...(search !== undefined && search !== "%" && search !== "_" && { search }) }, page),
    })),
  ],
  [
    "searches a page and not the list",
    SEARCH,
    broken("connections", (own) => ({
      async list(workspaceId, { search, ...filter }, page) {
        if (search === undefined || page.limit > 1)
          return own.list(workspaceId, { ...filter, ...(search !== undefined && { search }) }, page);
        const { items } = await own.list(workspaceId, filter, page);
        return { items };
      },
    })),
  ],
  ["tells of no removal", ONCE, answering(async (found) => ({ ...found, removed: [] }))],
  [
    "tells in the order of age",
    ONCE,
    answering(async (found) => ({ ...found, changed: found.changed.toSorted((left, right) => (left.id < right.id ? 1 : -1)) })),
  ],
  [
    "takes a heartbeat for a change",
    MARK,
    broken("connections", (own) => {
      let beats = 0;
      return {
        async touch(seen) {
          beats += 1;
          await own.touch(seen);
        },
        async changedSince(workspaceId, cursor, limit) {
          const found = await own.changedSince(workspaceId, cursor, limit);
          const row = beats > 0 ? await own.get("acme", "con_1") : undefined;
          return found && row ? { ...found, changed: [row, ...found.changed] } : found;
        },
      };
    }),
  ],
  [
    "tells of the new mark and not of the former one",
    MARK,
    answering(async (found) => ({ ...found, changed: found.changed.filter((row) => row.primary) })),
  ],
  [
    "answers where the whole list ends for where a part of it does",
    PARTS,
    answering(async (found, own, workspaceId) => ({ ...found, cursor: (await own.counts(workspaceId, {})).cursor })),
  ],
  [
    "says that there is more as long as something came",
    PARTS,
    answering(async (found) => ({ ...found, more: found.changed.length + found.removed.length > 0 })),
  ],
  [
    "answers a cursor of later than what it told",
    NEVER_MISSED,
    broken("connections", (own) => ({
      async changedSince(workspaceId, cursor, limit) {
        const found = await own.changedSince(workspaceId, cursor, limit);
        return found && { ...found, cursor: (await own.counts(workspaceId, {})).cursor };
      },
    })),
  ],
  [
    "goes on from a cursor of what was forgotten",
    ANEW,
    broken("connections", (own) => ({
      async changedSince(workspaceId, cursor, limit) {
        const found = await own.changedSince(workspaceId, cursor, limit);
        return found ?? { changed: [], removed: [], cursor, more: false };
      },
    })),
  ],
  ["forgets the changes of every workspace", ANEW, broken("connections", (own) => ({ forgetChanges: () => own.forgetChanges("acme") }))],
];
