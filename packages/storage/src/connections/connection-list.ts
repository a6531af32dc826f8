import type { ConnectionState } from "@wadesk/core";
import { type ConnectionFilter, type ConnectionScope, searchNeedles, wholeTime } from "@wadesk/core/ports";
import type { RawBuilder, Sql } from "kysely";
import { keyText } from "../sql/key-text.ts";
import { type Statement, type StatementKit, statement } from "../sql/statement.ts";
import type { ColumnValue, IndexRange } from "../sql/words.ts";
import { CONNECTION_COLUMNS, type ConnectionRow } from "./connection-rows.ts";

/** What the statements over a scope are given. */
export interface ScopeInput {
  readonly workspaceId: string;
  readonly channel: string | undefined;
  readonly region: string | undefined;
  readonly silentBefore: number | undefined;
}

/** What a page of the list is given. */
export interface ListInput extends ScopeInput {
  readonly createdAt: number;
  /** The page begins at this one, or at what would come next. */
  readonly id: string;
  readonly limit: number;
  /** Texts one of which a row must have in it, the same one twice where there is one; nothing where nothing is searched. */
  readonly needle: string | undefined;
  readonly otherNeedle: string | undefined;
}

/** What is searched as a page takes it. Blanks search nothing. */
export function searchInput({ search = "" }: ConnectionFilter): Pick<ListInput, "needle" | "otherNeedle"> {
  const [needle, otherNeedle = needle] = searchNeedles(search);
  return { needle, otherNeedle };
}

/** A workspace's scope as its statements take it. */
export function scopeInput(workspaceId: string, { channel, region, silentBefore }: ConnectionScope): ScopeInput {
  return {
    workspaceId: keyText(workspaceId),
    channel: channel === undefined ? undefined : keyText(channel),
    region: region === undefined ? undefined : keyText(region),
    silentBefore: silentBefore === undefined ? undefined : wholeTime(silentBefore),
  };
}

/** The rows of one stored state, or the connected ones on one side of the silence; all of them where none is named. */
type Branch = ConnectionState | "alive" | "silent" | "any";

const lists = new Map<string, Statement<ListInput, ConnectionRow>>();

/**
 * The statement for a filter of this shape. Within a channel each branch of it reads one index in order, so that a page costs the same among
 * any number; what fell silent costs what is silent.
 */
export function listOf(filter: ConnectionFilter): Statement<ListInput, ConnectionRow> {
  const branches = branchesOf(filter);
  const shape = JSON.stringify([branches, filter.channel !== undefined, filter.region !== undefined, isSearched(filter)]);
  const known = lists.get(shape) ?? statement<ListInput, ConnectionRow>((kit) => write(kit, branches, filter));
  lists.set(shape, known);
  return known;
}

function branchesOf({ states, silentBefore }: ConnectionFilter): readonly Branch[] {
  if (states === undefined) return ["any"];
  const wanted = [...new Set(states)].sort();
  const silent = wanted.includes("disconnected");
  const lively = wanted.includes("connected");
  if (silentBefore === undefined || silent === lively) return wanted;
  return [...wanted.filter((state) => state !== "connected"), silent ? "silent" : "alive"];
}

function isSearched(filter: ConnectionFilter): boolean {
  return searchInput(filter).needle !== undefined;
}

function write(kit: StatementKit<ListInput>, branches: readonly Branch[], scope: ConnectionFilter): RawBuilder<unknown> {
  const { sql, table, value } = kit;
  const columns = columnsOf(sql);
  const found = isSearched(scope) ? sql` and ${isFound(kit)}` : sql``;
  const parts = branches.map((branch, index) => {
    const { where, order } = branch === "silent" ? silentRange(kit, scope) : stateRange(kit, scope, branch);
    return sql`select * from (
      select ${columns} from ${table("connections")} where ${where}${found} order by ${order} limit ${value("limit")}
    ) as ${sql.ref(`branch_${index}`)}`;
  });
  return sql`${sql.join(parts, sql` union all `)} order by created_at, id limit ${value("limit")}`;
}

// a row without the text may be one that is searched for, which its reader sees
function isFound({ sql, words, value }: StatementKit<ListInput>): RawBuilder<unknown> {
  const has = (needle: "needle" | "otherNeedle"): RawBuilder<unknown> => sql`${words.placeIn(sql`searched`, value(needle))} > 0`;
  return sql`(searched is null or ${has("needle")} or ${has("otherNeedle")})`;
}

// few are silent: they are found by the index of that and sorted, for with the plus no index gives the order
function silentRange(kit: StatementKit<ListInput>, scope: ConnectionScope): IndexRange {
  const { sql, value } = kit;
  const order = sql`+created_at, id`;
  const from = sql`(${order}) >= (${value("createdAt")}, ${value("id")})`;
  return { where: sql`${inScope(kit, scope)} and ${isSilent(kit, scope)} and ${from}`, order };
}

function stateRange(kit: StatementKit<ListInput>, scope: ConnectionScope, branch: Exclude<Branch, "silent">): IndexRange {
  const { sql, value, words } = kit;
  const state = branch === "alive" ? "connected" : branch;
  const first = [...scopeColumns(kit, scope), ...(state === "any" ? [] : [[sql`state`, sql.lit(state)] as const])];
  const place: readonly ColumnValue[] = [
    [sql`created_at`, value("createdAt")],
    [sql`id`, value("id")],
  ];
  const { where, order } = first.length === 1 && words.range ? words.range(first, place) : rangeByEquality(kit, first);
  // with the plus no index of this is taken: the few that are silent are passed over
  return branch === "alive" ? { where: sql`${where} and +seen_at >= ${value("silentBefore")}`, order } : { where, order };
}

function rangeByEquality({ sql, value }: StatementKit<ListInput>, first: readonly ColumnValue[]): IndexRange {
  return { where: sql`${equal(sql, first)} and (created_at, id) >= (${value("createdAt")}, ${value("id")})`, order: sql`created_at, id` };
}

function scopeColumns({ sql, value }: StatementKit<ScopeInput>, { channel, region }: ConnectionScope): readonly ColumnValue[] {
  return [
    [sql`workspace_id`, value("workspaceId")],
    ...(channel === undefined ? [] : [[sql`channel`, value("channel")] as const]),
    ...(region === undefined ? [] : [[sql`region`, value("region")] as const]),
  ];
}

function equal(sql: Sql, list: readonly ColumnValue[]): RawBuilder<unknown> {
  return sql.join(
    list.map(([column, each]) => sql`${column} = ${each}`),
    sql` and `,
  );
}

/** Which rows are in a scope; what it does not name is left out of the statement. */
export function inScope(kit: StatementKit<ScopeInput>, scope: ConnectionScope): RawBuilder<unknown> {
  return equal(kit.sql, scopeColumns(kit, scope));
}

/** Which rows of a scope are connected and fell silent: a range of the index `alive` for each channel, which costs what is silent. */
export function isSilent({ sql, table, value, words }: StatementKit<ScopeInput>, { channel }: ConnectionScope): RawBuilder<unknown> {
  const channels = sql`select channel from ${table("connection_counts")} where workspace_id = ${value("workspaceId")}`;
  const inChannels = channel === undefined ? sql`channel ${words.oneOf(channels)} and ` : sql``;
  return sql`${inChannels}case when state = 'connected' then seen_at end < ${value("silentBefore")}`;
}

/** The columns of a connection's row. */
export function columnsOf(sql: Sql): RawBuilder<unknown> {
  return sql.join(CONNECTION_COLUMNS.map((name) => sql.ref(name)));
}
