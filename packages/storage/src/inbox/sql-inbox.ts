import type { OwnedEvent } from "@wadesk/core";
import type { Claim, InboxStore } from "@wadesk/core/ports";
import type { SqlDatabase } from "../sql/database.ts";
import { GROUP_LIMIT, grouped } from "../sql/grouped.ts";
import type { SqlDialect } from "../sql/words.ts";
import { addRows } from "./add.ts";
import { claimer } from "./claim/claim.ts";
import { type EventRow, rowOf } from "./event-row.ts";
import { follower } from "./follow.ts";
import { forgetOwner, pruneInbox } from "./forget.ts";
import { readCounts, readDead, readList, readNextDue, readStates } from "./look.ts";
import { replayDead } from "./replay.ts";
import { type Outcome, type Settlement, settle, settlementOf } from "./settle.ts";

/** The inbox in its two tables. What is added, and what becomes of claims, is written in groups. */
export function sqlInbox(database: SqlDatabase, dialect: SqlDialect): InboxStore {
  const { run } = database;
  const add = grouped<readonly EventRow[], ReadonlySet<EventRow>>({
    write: (calls) => addGroup(database, dialect, calls),
    weigh: (rows) => ({ rows: rows.length, size: sizeOf(rows) }),
  });
  const end = grouped<Settlement, boolean>({
    write: (settlements) => settle(database, dialect, settlements),
    weigh: ({ outcome }) => ({ rows: 1, size: outcome.kind === "dead" ? outcome.reason.length : 0 }),
    subjectOf: ({ orderKey }) => orderKey,
  });
  const become = (claim: Claim, outcome: Outcome): Promise<boolean> => end(settlementOf(claim, outcome));

  return {
    async add(events) {
      const fresh: OwnedEvent[] = [];
      // one after the other: what was added first is in front, and what fails leaves nothing behind it
      for (const rows of portions(events.map(rowOf))) for (const { event } of await add(rows)) fresh.push(event);
      return fresh;
    },
    claim: claimer(database, dialect),
    renew: (claim, leaseMs, now, alone = false) => become(claim, { kind: "renewed", until: now + leaseMs, alone }),
    done: (claim, now) => become(claim, { kind: "done", at: now }),
    fail: (claim, retryAt, reason, now) =>
      become(claim, retryAt === "dead" ? { kind: "dead", at: now, reason } : { kind: "failed", retryAt }),
    follow: follower(database, dialect),
    states: (keys) => readStates(run, keys),
    nextDue: () => readNextDue(run),
    dead: (workspaceId, page) => readDead(run, workspaceId, page),
    replay: (keys, workspaceId) => replayDead(database, keys, workspaceId),
    counts: (workspaceId) => readCounts(run, workspaceId),
    list: (workspaceId, page) => readList(run, workspaceId, page),
    prune: (request) => pruneInbox(database, request),
    deleteOfConnection: (workspaceId, connectionId) => forgetOwner(database, workspaceId, connectionId),
    deleteOfWorkspace: (workspaceId) => forgetOwner(database, workspaceId),
  };
}

/** Adds the rows of several calls. The first to bring a key is told that it was new. */
async function addGroup(
  database: SqlDatabase,
  dialect: SqlDialect,
  calls: readonly (readonly EventRow[])[],
): Promise<readonly ReadonlySet<EventRow>[]> {
  const first = new Map<string, EventRow>();
  for (const row of calls.flat()) if (!first.has(row.key)) first.set(row.key, row);
  const fresh = await addRows(database, dialect, [...first.values()]);
  return calls.map((rows) => new Set(rows.filter((row) => fresh.has(row.key) && first.get(row.key) === row)));
}

/** Cuts what one call brings to the size of a group. */
function portions(rows: readonly EventRow[]): readonly (readonly EventRow[])[] {
  const cut: EventRow[][] = [];
  let size = 0;
  for (const row of rows) {
    const current = cut.at(-1);
    size += row.item.length;
    if (current !== undefined && current.length < GROUP_LIMIT.rows && size <= GROUP_LIMIT.size) current.push(row);
    else {
      cut.push([row]);
      size = row.item.length;
    }
  }
  return cut;
}

function sizeOf(rows: readonly EventRow[]): number {
  return rows.reduce((sum, { item }) => sum + item.length, 0);
}
