import type { ConnectionState } from "@wadesk/core";
import { type ConnectionCounts, type ConnectionScope, regionCounts } from "@wadesk/core/ports";
import type { RawBuilder } from "kysely";
import { textOfKey } from "../sql/key-text.ts";
import { type Statement, type StatementKit, statement } from "../sql/statement.ts";
import { inScope, isSilent, type ScopeInput } from "./connection-list.ts";

/** How many rows are in a stored state and region, or of the connected ones silent; or the number of the last change. */
export interface CountRow {
  readonly state: ConnectionState | "silent" | "changes";
  /** Has "=" before it; empty where there is none. */
  readonly region: string;
  readonly count: number | string;
}

const known = new Map<string, Statement<ScopeInput, CountRow>>();

/** The statement for a scope of this shape. It reads what is kept, counts none but the silent, and sees all of it at one moment. */
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
  const kept = sql`select state, region, sum(count) as count from ${table("connection_counts")}
    where workspace_id = ${value("workspaceId")}${ofChannel}${ofRegion} group by state, region
    union all select 'changes' as state, '' as region, last as count from ${table("change_counts")} where workspace_id = ${value("workspaceId")}`;
  if (silentBefore === undefined) return kept;
  return sql`${kept}
    union all select 'silent' as state, '' as region, count(*) as count from ${table("connections")} where ${inScope(kit, scope)} and ${isSilent(kit, scope)}`;
}

/** The counts as they are shown: what fell silent counts as disconnected. */
export function toCounts(rows: readonly CountRow[]): ConnectionCounts {
  const counts = { connected: 0, pending: 0, disconnected: 0, failed: 0, silent: 0, changes: 0 };
  const regions = new Map<string, number>();
  for (const { state, region: stored, count } of rows) {
    counts[state] += Number(count);
    if (stored === "") continue;
    const key = stored.slice(1);
    const region = textOfKey(key) ?? key;
    regions.set(region, (regions.get(region) ?? 0) + Number(count));
  }
  const { silent, changes, ...stored } = counts;
  return {
    states: { ...stored, connected: stored.connected - silent, disconnected: stored.disconnected + silent },
    regions: regionCounts(regions),
    cursor: String(changes),
  };
}
