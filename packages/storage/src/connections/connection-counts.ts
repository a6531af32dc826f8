import type { ConnectionState } from "@wadesk/core";
import type { ConnectionCounts, ConnectionScope } from "@wadesk/core/ports";
import type { RawBuilder } from "kysely";
import { type Statement, type StatementKit, statement } from "../sql/statement.ts";
import { inScope, isSilent, type ScopeInput } from "./connection-list.ts";

/** How many rows are in a stored state, or of the connected ones silent. */
export interface CountRow {
  readonly state: ConnectionState | "silent";
  readonly count: number | string;
}

const known = new Map<string, Statement<ScopeInput, CountRow>>();

/** The statement for a scope of this shape. It reads what is kept, and counts none but the silent. */
export function countOf(scope: ConnectionScope): Statement<ScopeInput, CountRow> {
  const shape = JSON.stringify([scope.channel, scope.region, scope.silentBefore].map((each) => each !== undefined));
  const found = known.get(shape) ?? statement<ScopeInput, CountRow>((kit) => write(kit, scope));
  known.set(shape, found);
  return found;
}

function write(kit: StatementKit<ScopeInput>, scope: ConnectionScope): RawBuilder<unknown> {
  const { sql, table, value } = kit;
  const { channel, region, silentBefore } = scope;
  const ofChannel = channel === undefined ? sql`` : sql` and channel = ${value("channel")}`;
  const ofRegion = region === undefined ? sql`` : sql` and region = '=' || cast(${value("region")} as text)`;
  const kept = sql`select state, sum(count) as count from ${table("connection_counts")}
    where workspace_id = ${value("workspaceId")}${ofChannel}${ofRegion} group by state`;
  if (silentBefore === undefined) return kept;
  return sql`${kept}
    union all select 'silent' as state, count(*) as count from ${table("connections")} where ${inScope(kit, scope)} and ${isSilent(kit, scope)}`;
}

/** The counts as they are shown: what fell silent counts as disconnected. */
export function toCounts(rows: readonly CountRow[]): ConnectionCounts {
  const counts = { connected: 0, pending: 0, disconnected: 0, failed: 0, silent: 0 };
  for (const { state, count } of rows) counts[state] = Number(count);
  const { silent, ...stored } = counts;
  return { ...stored, connected: stored.connected - silent, disconnected: stored.disconnected + silent };
}
