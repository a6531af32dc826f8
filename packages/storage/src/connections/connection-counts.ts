import type { ConnectionCounts, ConnectionScope, ConnectionState } from "@wadesk/core";
import { type Statement, statement } from "../sql/statement.ts";
import { conditions, type ScopeInput } from "./connection-list.ts";

/** How many rows are in a stored state, and how many of them fell silent. */
export interface CountRow {
  readonly state: ConnectionState;
  readonly count: number | string;
  readonly silent: number | string;
}

const known = new Map<string, Statement<ScopeInput, CountRow>>();

/** The statement for a scope of this shape. */
export function countOf(scope: ConnectionScope): Statement<ScopeInput, CountRow> {
  const shape = JSON.stringify([scope.channel !== undefined, scope.region !== undefined]);
  const found =
    known.get(shape) ??
    statement<ScopeInput, CountRow>(
      (kit) => kit.sql`
        select state, count(*) as count, sum(case when seen_at < cast(${kit.value("silentBefore")} as bigint) then 1 else 0 end) as silent
        from ${kit.table("connections")} where ${conditions(kit, scope)} group by state`,
    );
  known.set(shape, found);
  return found;
}

/** The counts as they are shown: what fell silent counts as disconnected. */
export function toCounts(rows: readonly CountRow[]): ConnectionCounts {
  const counts = { connected: 0, pending: 0, disconnected: 0, failed: 0 };
  for (const { state, count, silent } of rows) {
    const moved = state === "connected" ? Number(silent) : 0;
    counts[state] += Number(count) - moved;
    counts.disconnected += moved;
  }
  return counts;
}
