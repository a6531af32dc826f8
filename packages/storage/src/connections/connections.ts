import type { Connection, Page } from "@wadesk/core";
import { type ConnectionChange, type ConnectionStore, isFoundBy, wholeTime } from "@wadesk/core/ports";
import { pageOf, readCursor } from "../sql/cursor.ts";
import type { SqlDatabase } from "../sql/database.ts";
import { keyText } from "../sql/key-text.ts";
import { isUniqueViolation } from "../sql/unique-violation.ts";
import { changesSince, forgetChanges } from "./connection-changes.ts";
import { countOf, toCounts } from "./connection-counts.ts";
import { listOf, scopeInput, searchInput } from "./connection-list.ts";
import { type ConnectionRow, seenAtOf, toColumns, toConnection } from "./connection-rows.ts";
import * as statements from "./connection-statements.ts";

/** Connections in their table. */
export function sqlConnections(database: SqlDatabase): ConnectionStore {
  const { run, write } = database;
  const rowOf = async (workspaceId: string, id: string): Promise<Connection | undefined> => {
    const [row] = await run(statements.GET, oneOf(workspaceId, id));
    return row && toConnection(row);
  };

  return {
    async insert(row, limit) {
      const input = newRow(row);
      const insert = async (on: typeof run): Promise<"inserted" | "route_taken"> => {
        const [inserted] = await on(statements.INSERT, input);
        return inserted === undefined ? "route_taken" : "inserted";
      };
      if (limit === undefined) return insert(run);
      return write(async (on) => {
        await on(statements.HOLD, { name: channelName(row.workspaceId, row.channel) });
        if ((await on(statements.BY_ROUTE, input)).length > 0) return "route_taken";
        const [counted] = await on(statements.COUNT_OF_CHANNEL, input);
        return Number(counted?.count) >= limit ? "limit_reached" : insert(on);
      });
    },
    get: rowOf,
    async list(workspaceId, filter, { limit, cursor }) {
      if (filter.states?.length === 0) return { items: [] };
      const read = async (from: string | undefined): Promise<Page<Connection>> => {
        const [createdAt, id] = readCursor(from, [Number.MIN_SAFE_INTEGER, ""] as const);
        // no text comes between an id and this
        const place = { createdAt, id: `${id}\u0001`, limit: limit + 1 };
        const rows = await run(listOf(filter), { ...scopeInput(workspaceId, filter), ...searchInput(filter), ...place });
        return pageOf(rows, limit, toConnection, (row) => [Number(row.created_at), row.id]);
      };
      return filter.search === undefined ? read(cursor) : foundOf(read, filter.search, cursor);
    },
    counts: async (workspaceId, scope) => toCounts(await run(countOf(scope), scopeInput(workspaceId, scope))),
    changedSince: (workspaceId, cursor, limit) => changesSince(database, workspaceId, cursor, limit),
    forgetChanges: (workspaceId) => forgetChanges(database, workspaceId),
    async byRoute(route) {
      const [row] = await run(statements.BY_ROUTE, { route: keyText(route) });
      return row && toConnection(row);
    },
    byAccount: async (account) => (await run(statements.BY_ACCOUNT, { account: keyText(account) })).map(toConnection),
    async update(workspaceId, id, expected, change) {
      const row = await rowOf(workspaceId, id);
      if (row === undefined) return "gone";
      if (row.version !== expected) return "conflict";
      try {
        const [updated] = await run(statements.UPDATE, changedRow(row, change));
        if (updated !== undefined) return "updated";
      } catch (error) {
        if (isUniqueViolation(error)) return "route_taken";
        throw error;
      }
      return (await rowOf(workspaceId, id)) === undefined ? "gone" : "conflict";
    },
    async touch(seen) {
      if (seen.length > 0)
        await run(statements.TOUCH, { seen: JSON.stringify(seen.map(({ id, epoch, at }) => [keyText(id), epoch, wholeTime(at)])) });
    },
    async primary(workspaceId, channel) {
      const [row] = await run(statements.PRIMARY_OF, { workspaceId: keyText(workspaceId), channel: keyText(channel) });
      return row && toConnection(row);
    },
    async setPrimary(workspaceId, channel, id, only) {
      const input = { ...oneOf(workspaceId, id), channel: keyText(channel) };
      await write(async (on) => {
        await on(statements.HOLD, { name: channelName(workspaceId, channel) });
        const [row] = await on(statements.GET, input);
        if (row === undefined || toConnection(row).channel !== channel) return;
        if (only === "if-none" && (await on(statements.PRIMARY_OF, input)).length > 0) return;
        await on(statements.MOVE_PRIMARY, input);
      });
    },
    delete: async (workspaceId, id) => void (await run(statements.DELETE, oneOf(workspaceId, id))),
    silent: async (channel, before, limit) =>
      (await run(statements.SILENT, { channel: keyText(channel), before: wholeTime(before), limit })).map(toConnection),
    async walk({ limit, cursor }) {
      const [id] = readCursor(cursor, [""] as const);
      const rows = await run(statements.WALK, { id, limit: limit + 1 });
      return pageOf(rows, limit, toConnection, (row: ConnectionRow) => [row.id]);
    },
    async total() {
      const [counted] = await run(statements.TOTAL, {});
      return Number(counted?.count);
    },
  };
}

// what a version without searches has written is looked through here
async function foundOf(
  read: (cursor: string | undefined) => Promise<Page<Connection>>,
  search: string,
  cursor: string | undefined,
): Promise<Page<Connection>> {
  for (let from = cursor; ; ) {
    const page = await read(from);
    const items = page.items.filter((row) => isFoundBy(search, row));
    if (items.length > 0 || page.next === undefined) return { ...page, items };
    from = page.next;
  }
}

function oneOf(workspaceId: string, id: string): statements.OneConnection {
  return { workspaceId: keyText(workspaceId), id: keyText(id) };
}

function channelName(workspaceId: string, channel: string): string {
  return keyText(JSON.stringify(["wadesk", workspaceId, channel]));
}

function newRow(row: Connection): statements.NewConnection {
  const { workspaceId, id, channel, primary, version } = row;
  return {
    ...toColumns(row),
    ...oneOf(workspaceId, id),
    channel: keyText(channel),
    primary: primary ? 1 : 0,
    version,
    seenAt: seenAtOf(row),
  };
}

function changedRow(row: Connection, change: ConnectionChange): statements.ChangedConnection {
  const moveSeen = "lastSeenAt" in change ? 1 : 0;
  const columns = toColumns({ ...row, ...change });
  return { ...columns, ...oneOf(row.workspaceId, row.id), expected: row.version, moveSeen, seenAt: seenAtOf(change) };
}
