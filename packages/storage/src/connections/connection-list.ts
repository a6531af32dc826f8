import type { ConnectionFilter, ConnectionScope, ConnectionState } from "@wadesk/core";
import type { RawBuilder, Sql } from "kysely";
import { keyText } from "../sql/key-text.ts";
import { type Statement, type StatementKit, statement } from "../sql/statement.ts";
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
  readonly id: string;
  readonly limit: number;
}

/** A workspace's scope as its statements take it. */
export function scopeInput(workspaceId: string, { channel, region, silentBefore }: ConnectionScope): ScopeInput {
  return {
    workspaceId: keyText(workspaceId),
    channel: channel === undefined ? undefined : keyText(channel),
    region: region === undefined ? undefined : keyText(region),
    silentBefore,
  };
}

/** Rows of one stored state, all of them or those on one side of the silence. */
interface Branch {
  readonly state?: ConnectionState;
  readonly seen?: "before" | "since";
}

const lists = new Map<string, Statement<ListInput, ConnectionRow>>();

/** The statement for a filter of this shape. Each branch of it reads one index in order, so that a page costs the same among any number. */
export function listOf(filter: ConnectionFilter): Statement<ListInput, ConnectionRow> {
  const branches = branchesOf(filter);
  const shape = JSON.stringify([branches, filter.channel !== undefined, filter.region !== undefined]);
  const known = lists.get(shape) ?? statement<ListInput, ConnectionRow>((kit) => write(kit, branches, filter));
  lists.set(shape, known);
  return known;
}

function branchesOf({ states, silentBefore }: ConnectionFilter): readonly Branch[] {
  if (states === undefined) return [{}];
  const wanted = [...new Set(states)].sort();
  const silent = wanted.includes("disconnected");
  const lively = wanted.includes("connected");
  if (silentBefore === undefined || silent === lively) return wanted.map((state) => ({ state }));
  const stored = wanted.filter((state) => state !== "connected").map((state) => ({ state }));
  return [...stored, { state: "connected", seen: silent ? "before" : "since" }];
}

function write(kit: StatementKit<ListInput>, branches: readonly Branch[], scope: ConnectionScope): RawBuilder<unknown> {
  const { sql, value } = kit;
  const columns = columnsOf(sql);
  const parts = branches.map(
    (branch, index) => sql`select * from (
      select ${columns} from ${kit.table("connections")}
      where ${conditions(kit, scope, branch)} and (created_at, id) > (${value("createdAt")}, ${value("id")})
      order by created_at, id limit ${value("limit")}
    ) as ${sql.ref(`branch_${index}`)}`,
  );
  return sql`${sql.join(parts, sql` union all `)} order by created_at, id limit ${value("limit")}`;
}

/** Which rows are in a scope; what the filter does not name is left out of the statement. */
export function conditions(
  { sql, value }: StatementKit<ListInput> | StatementKit<ScopeInput>,
  { channel, region }: ConnectionScope,
  { state, seen }: Branch = {},
): RawBuilder<unknown> {
  const all = [
    sql`workspace_id = ${value("workspaceId")}`,
    state !== undefined && sql`state = ${sql.lit(state)}`,
    channel !== undefined && sql`channel = ${value("channel")}`,
    region !== undefined && sql`region = ${value("region")}`,
    seen === "before" && sql`seen_at < ${value("silentBefore")}`,
    seen === "since" && sql`seen_at >= ${value("silentBefore")}`,
  ];
  return sql.join(
    all.filter((each) => each !== false),
    sql` and `,
  );
}

/** The columns of a connection's row. */
export function columnsOf(sql: Sql): RawBuilder<unknown> {
  return sql.join(CONNECTION_COLUMNS.map((name) => sql.ref(name)));
}
