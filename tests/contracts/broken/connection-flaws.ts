import type { Connection } from "@wadesk/core";
import { broken, type Flaw, later } from "./flaw.ts";

const newestFirst = (rows: readonly Connection[]): readonly Connection[] => rows.toReversed();

/** What may be wrong with a storage's connections, and with a storage as a whole. */
export const CONNECTION_FLAWS: readonly Flaw[] = [
  [
    "empties itself when it is opened",
    "the storage is opened by its first use or by a call, and by ten at once, without losing anything",
    (storage) => ({ ...storage, open: () => storage.connections.delete("acme", "con_1") }),
  ],
  [
    "is busy while it opens",
    "the storage is used by ten before it is open",
    broken("connections", (own) => {
      let opening = false;
      return {
        insert: async (row, limit) => {
          if (opening) return "limit_reached";
          opening = true;
          await later();
          return own.insert(row, limit);
        },
      };
    }),
  ],
  [
    "complains when it is closed again",
    "the storage is closed twice without complaint",
    (storage) => {
      let open = true;
      return {
        ...storage,
        close: async () => {
          if (!open) throw new Error("closed already");
          open = false;
        },
      };
    },
  ],
  [
    "forgets when a row was last seen",
    "connections come back as they were stored",
    broken("connections", (own) => ({ insert: ({ lastSeenAt: _gone, ...row }, limit) => own.insert(row, limit) })),
  ],
  [
    "forgets who speaks for a row",
    "connections come back as they were stored",
    broken("connections", (own) => ({ insert: ({ speaker: _gone, ...row }, limit) => own.insert(row, limit) })),
  ],
  [
    "keeps the text of a warning alone",
    "connections come back as they were stored",
    broken("connections", (own) => ({
      insert: ({ warnings, ...row }, limit) => own.insert({ ...row, warnings: warnings.map(({ text }) => text) as never }, limit),
    })),
  ],
  [
    "keeps the values of a warning as texts",
    "connections take over every field of a change, and keep the others",
    broken("connections", (own) => ({
      update: (workspaceId, id, version, { warnings, ...change }) => {
        const kept = warnings?.map(({ values = {}, ...rest }) => ({
          ...rest,
          values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)])),
        }));
        return own.update(workspaceId, id, version, { ...change, ...(kept && { warnings: kept }) });
      },
    })),
  ],
  [
    "writes null where nothing is",
    "connections come back as they were stored",
    broken("connections", (own) => ({ insert: (row, limit) => own.insert({ phone: null, ...row } as unknown as Connection, limit) })),
  ],
  [
    "updates a row of whichever workspace",
    "connections are never shown to another workspace, nor changed by it",
    broken("connections", (own) => ({ update: (_workspaceId, id, version, change) => own.update("acme", id, version, change) })),
  ],
  [
    "hands out the row itself",
    "connections are handed out as copies, so a caller cannot edit what is stored",
    broken("connections", (own) => {
      const rows = new Map<string, Connection>();
      return {
        insert: (row, limit) => {
          rows.set(row.id, row);
          return own.insert(row, limit);
        },
        get: async (_workspaceId, id) => rows.get(id),
      };
    }),
  ],
  [
    "looks for the route first and inserts later",
    "connections have a route that nobody else has, even when ten inserts race",
    broken("connections", (own) => ({
      insert: async (row, limit) => {
        const taken = await own.byRoute(row.route);
        await later();
        return taken ? "route_taken" : own.insert({ ...row, route: `${row.route} of ${row.id}` }, limit);
      },
    })),
  ],
  [
    "counts first and inserts later",
    "connections are never more than the limit of a workspace and channel, even when ten inserts race",
    broken("connections", (own) => ({
      insert: async (row, limit = 99) => {
        const rows = await own.list(row.workspaceId, { channel: row.channel }, { limit: 99 });
        await later();
        return rows.items.length >= limit ? "limit_reached" : own.insert(row);
      },
    })),
  ],
  [
    "compares the version first and writes later",
    "connections are updated by whoever knows the version, one of ten that race, and count it up",
    broken("connections", (own) => ({
      update: async (workspaceId, id, version, change) => {
        const row = await own.get(workspaceId, id);
        await later();
        if (row?.version !== version) return "conflict";
        return own.update(workspaceId, id, (await own.get(workspaceId, id))?.version ?? 0, change);
      },
    })),
  ],
  [
    "updates the row and not the account it is found by",
    "connections take over every field of a change, and keep the others",
    broken("connections", (own) => ({
      byAccount: async (account) => (await own.byAccount(account)).filter((row) => row.version === 0),
    })),
  ],
  [
    "keeps a route after its row has gone",
    "connections keep their route when the new one is taken, and free the old one when it is not",
    broken("connections", (own) => {
      let last: Connection | undefined;
      return {
        byRoute: async (route) => {
          const found = await own.byRoute(route);
          last = found ?? last;
          return last;
        },
      };
    }),
  ],
  [
    "looks for the new route first and updates later",
    "connections are given a free route one at a time, even when ten of them want it",
    broken("connections", (own) => ({
      update: async (workspaceId, id, version, { route = "", ...change }) => {
        const taken = await own.byRoute(route);
        await later();
        return taken ? "route_taken" : own.update(workspaceId, id, version, { ...change, route: `${route} of ${id}` });
      },
    })),
  ],
  [
    "counts a heartbeat as a change",
    "connections are touched by heartbeats without a new version; an older session or time changes nothing",
    broken("connections", (own) => ({
      touch: async (seen) => {
        for (const { id, at } of seen) await own.update("acme", id, 0, { lastSeenAt: at });
      },
    })),
  ],
  [
    "believes a heartbeat of a former session",
    "connections are touched by heartbeats without a new version; an older session or time changes nothing",
    broken("connections", (own) => ({ touch: (seen) => own.touch(seen.map((each) => ({ ...each, epoch: 99 }))) })),
  ],
  [
    "moves the mark though it should only set a first one",
    "connections have one primary per workspace and channel, and keep it when asked to",
    broken("connections", (own) => ({ setPrimary: (workspaceId, channel, id) => own.setPrimary(workspaceId, channel, id) })),
  ],
  [
    "takes the oldest one for the primary one",
    "connections tell which of a workspace and channel is the primary one, and nothing where none is",
    broken("connections", (own) => ({
      primary: async (workspaceId, channel) => (await own.list(workspaceId, { channel }, { limit: 1 })).items[0],
    })),
  ],
  [
    "marks first and clears the other later",
    "connections have one primary, even when ten want to be it",
    broken("connections", (own) => {
      const marked = new Set<string>();
      return {
        setPrimary: async (_workspaceId, _channel, id, only) => {
          const free = marked.size === 0;
          await later();
          if (free || only === undefined) marked.add(id);
        },
        list: async (workspaceId, filter, page) => {
          const { items } = await own.list(workspaceId, filter, page);
          return { items: items.map((row) => ({ ...row, primary: marked.has(row.id) })) };
        },
      };
    }),
  ],
  [
    "cuts spaces off the end of a label",
    "connections come back and are told apart, whatever their texts hold",
    broken("connections", (own) => ({ insert: (row, limit) => own.insert({ ...row, label: row.label.trimEnd() }, limit) })),
  ],
  [
    "finds a route in upper and lower case",
    "connections come back and are told apart, whatever their texts hold",
    broken("connections", (own) => ({ byRoute: async (route) => (await own.byRoute(route.toLowerCase())) ?? own.byRoute(route) })),
  ],
  [
    "lists newest first",
    "lists of connections are oldest first, page by page, by channel, region and state",
    broken("connections", (own) => ({
      list: async (...call) => ({ items: newestFirst((await own.list(...call)).items) }),
    })),
  ],
  [
    "lets no state mean every state",
    "lists of connections are oldest first, page by page, by channel, region and state",
    broken("connections", (own) => ({
      list: (workspaceId, { states = [], ...rest }, page) => own.list(workspaceId, { ...rest, ...(states.length > 0 && { states }) }, page),
    })),
  ],
  [
    "counts every region",
    "lists of connections agree with the counts by state and by region, in which a channel and a region may be chosen",
    broken("connections", (own) => ({
      counts: (workspaceId, { region: _all, ...scope }) => own.counts(workspaceId, scope),
    })),
  ],
  [
    "counts the silent as connected",
    "lists of connections show and count the silent as disconnected, and name them longest silent first",
    broken("connections", (own) => ({
      counts: (workspaceId, { silentBefore: _never, ...scope }) => own.counts(workspaceId, scope),
    })),
  ],
  [
    "names the silent of every channel",
    "lists of connections show and count the silent as disconnected, and name them longest silent first",
    broken("connections", (own) => ({
      silent: async (channel, before, limit) => [
        ...(await own.silent("other", before, limit)),
        ...(await own.silent(channel, before, limit)),
      ],
    })),
  ],
  [
    "finds an account in one workspace only",
    "lists of connections name every connection of an account, of every workspace, oldest first",
    broken("connections", (own) => ({
      byAccount: async (account) => (await own.byAccount(account)).filter((row) => row.workspaceId === "acme"),
    })),
  ],
  [
    "walks by age",
    "lists of connections walk through every workspace in the order of the ids, and agree with the total",
    broken("connections", (own) => ({
      walk: async () => ({ items: (await own.walk({ limit: 99 })).items.toSorted((left, right) => left.createdAt - right.createdAt) }),
    })),
  ],
  [
    "takes the moment alone for its cursor",
    "lists of connections are paged without a gap where many are of the same moment",
    broken("connections", (own) => ({
      list: async (workspaceId, filter, { limit, cursor }) => {
        const { items } = await own.list(workspaceId, filter, { limit: 99 });
        const rest = items.filter((row) => cursor === undefined || row.createdAt > Number(cursor));
        const last = rest[limit - 1];
        return { items: rest.slice(0, limit), ...(rest.length > limit && last && { next: String(last.createdAt) }) };
      },
    })),
  ],
  [
    "counts from the start for its cursor",
    "lists of connections go on in place when rows come and go between pages, the one of the cursor too",
    broken("connections", (own) => ({
      list: async (workspaceId, filter, { limit, cursor }) => {
        const { items } = await own.list(workspaceId, filter, { limit: 99 });
        const end = Number(cursor ?? 0) + limit;
        return { items: items.slice(end - limit, end), ...(items.length > end && { next: String(end) }) };
      },
    })),
  ],
];
