import type { Connection } from "../model/connection.ts";
import { readChangeCursor, regionCounts } from "../ports/stores/connection-lists.ts";
import type { ConnectionFilter, ConnectionStore } from "../ports/stores/connection-store.ts";
import { isFoundBy } from "../ports/stores/search.ts";
import type { ConnectionState } from "../status/connection-status.ts";
import { wholeTime } from "../time/whole-time.ts";
import { copyOf } from "./copy-of.ts";
import { memoryChanges } from "./memory-changes.ts";
import { pageOf } from "./page-of.ts";

/** Connections in a map, and whether a workspace has one. Hands out copies, so that a caller cannot edit what is stored. */
export function memoryConnections(now: () => number): {
  readonly store: ConnectionStore;
  readonly has: (workspaceId: string, id: string) => boolean;
} {
  const rows = new Map<string, Connection>();
  const changes = memoryChanges(now);
  const byRoute = new Map<string, string>();

  const rowOf = (workspaceId: string, id: string): Connection | undefined => {
    const row = rows.get(id);
    return row?.workspaceId === workspaceId ? row : undefined;
  };
  const matching = (workspaceId: string, filter: ConnectionFilter): Connection[] =>
    [...rows.values()].filter((row) => row.workspaceId === workspaceId && passes(row, filter));

  const store: ConnectionStore = {
    async insert(row, limit) {
      if (byRoute.has(row.route)) return "route_taken";
      if (limit !== undefined && matching(row.workspaceId, { channel: row.channel }).length >= limit) return "limit_reached";
      rows.set(row.id, withWholeTimes(copyOf(row)));
      byRoute.set(row.route, row.id);
      changes.note(row.workspaceId, row.id, "stands");
      return "inserted";
    },
    get: async (workspaceId, id) => copyOf(rowOf(workspaceId, id)),
    list: async (workspaceId, filter, page) => pageOf(matching(workspaceId, filter), ({ createdAt, id }) => [createdAt, id], page),
    async counts(workspaceId, scope) {
      const states = { connected: 0, pending: 0, disconnected: 0, failed: 0 };
      const regions = new Map<string, number>();
      for (const row of matching(workspaceId, scope)) {
        states[stateOf(row, scope.silentBefore)] += 1;
        if (row.region !== undefined) regions.set(row.region, (regions.get(row.region) ?? 0) + 1);
      }
      return { states, regions: regionCounts(regions), cursor: String(changes.last(workspaceId)) };
    },
    async changedSince(workspaceId, cursor, limit) {
      const after = readChangeCursor(cursor);
      const all = changes.since(workspaceId, after);
      if (all === undefined) return undefined;
      const told = all.slice(0, limit);
      return {
        changed: copyOf(told.flatMap(({ id, what }) => (what === "stands" ? (rows.get(id) ?? []) : []))),
        removed: told.flatMap(({ id, what }) => (what === "removed" ? id : [])),
        cursor: String(told.at(-1)?.change ?? after),
        more: all.length > limit,
      };
    },
    forgetChanges: async (workspaceId) => changes.forget(workspaceId),
    byRoute: async (route) => copyOf(rows.get(byRoute.get(route) ?? "")),
    byAccount: async (account) => copyOf([...rows.values()].filter((row) => row.account === account).sort(oldestFirst)),
    async update(workspaceId, id, expectedVersion, change) {
      const row = rowOf(workspaceId, id);
      if (row === undefined) return "gone";
      if (row.version !== expectedVersion) return "conflict";
      if (change.route !== undefined && change.route !== row.route && byRoute.has(change.route)) return "route_taken";
      const next = withWholeTimes({ ...row, ...copyOf(change), version: row.version + 1 });
      rows.set(id, next);
      byRoute.delete(row.route);
      byRoute.set(next.route, id);
      changes.note(workspaceId, id, "stands");
      return "updated";
    },
    async touch(seen) {
      for (const { id, epoch, at: seenAt } of seen) {
        const row = rows.get(id);
        const at = wholeTime(seenAt);
        if (row === undefined || epoch < row.epoch || at <= (row.lastSeenAt ?? 0)) continue;
        rows.set(id, { ...row, lastSeenAt: at });
      }
    },
    primary: async (workspaceId, channel) => copyOf(matching(workspaceId, { channel }).find((row) => row.primary)),
    async setPrimary(workspaceId, channel, id, only) {
      const row = rowOf(workspaceId, id);
      if (row?.channel !== channel) return;
      const peers = matching(workspaceId, { channel });
      if (only === "if-none" && peers.some((peer) => peer.primary)) return;
      for (const peer of peers.filter((each) => each.primary || each.id === id)) {
        rows.set(peer.id, { ...peer, primary: peer.id === id });
        changes.note(workspaceId, peer.id, "stands");
      }
    },
    async delete(workspaceId, id) {
      const row = rowOf(workspaceId, id);
      if (row === undefined) return;
      rows.delete(id);
      byRoute.delete(row.route);
      changes.note(workspaceId, id, "removed");
    },
    async silent(channel, before, limit) {
      const silent = [...rows.values()].filter((row) => row.channel === channel && isSilent(row, before));
      return copyOf(silent.sort((left, right) => seenAt(left) - seenAt(right)).slice(0, limit));
    },
    walk: async (page) => pageOf([...rows.values()], ({ id }) => [id], page),
    total: async () => rows.size,
  };
  return { store, has: (workspaceId, id) => rowOf(workspaceId, id) !== undefined };
}

function withWholeTimes(row: Connection): Connection {
  const { createdAt, lastSeenAt, status } = row;
  const times = { createdAt: wholeTime(createdAt), status: { ...status, since: wholeTime(status.since) } };
  return { ...row, ...times, ...(lastSeenAt !== undefined && { lastSeenAt: wholeTime(lastSeenAt) }) };
}

function passes(row: Connection, filter: ConnectionFilter): boolean {
  return (
    (filter.channel === undefined || row.channel === filter.channel) &&
    (filter.region === undefined || row.region === filter.region) &&
    (filter.search === undefined || isFoundBy(filter.search, row)) &&
    (filter.states === undefined || filter.states.includes(stateOf(row, filter.silentBefore)))
  );
}

function stateOf(row: Connection, silentBefore: number | undefined): ConnectionState {
  return silentBefore !== undefined && isSilent(row, silentBefore) ? "disconnected" : row.status.state;
}

function isSilent(row: Connection, before: number): boolean {
  return row.status.state === "connected" && seenAt(row) < before;
}

function seenAt(row: Connection): number {
  return row.lastSeenAt ?? row.status.since;
}

function oldestFirst(left: Connection, right: Connection): number {
  return left.createdAt - right.createdAt || (left.id < right.id ? -1 : 1);
}
