import { factsChange, healthChange, updateConnection } from "../../connections/update.ts";
import { hears } from "../../connections/view.ts";
import { storableValue } from "../../encoding/storable.ts";
import type { Engine } from "../../engine/engine.ts";
import { isWadeskError } from "../../errors/wadesk-error.ts";
import type { Connection } from "../../model/connection.ts";
import type { ConnectionChange } from "../../ports/stores/connection-store.ts";
import type { ReportedStanding } from "../../ports/webhook-source.ts";
import { isEnded } from "../../status/connection-status.ts";

/**
 * Keeps how numbers are, as their vendor reports it again and again. Those of which nothing else is new than that they live cost a read each, and one write
 * together. A number that nobody has, or that another speaker speaks for, is passed over.
 */
export async function keepStandings(engine: Engine, kind: string, standings: readonly ReportedStanding[], speaker?: string): Promise<void> {
  const { connections } = engine.storage;
  const rows = await Promise.all(
    standings.map(async (standing) => ({ standing, row: await heardBy(engine, kind, standing.route, speaker) })),
  );
  const heard = rows.flatMap(({ standing, row }) => (row === undefined ? [] : [{ standing, row }]));
  if (heard.length < standings.length)
    engine.runtime.log.debug(
      { channel: kind, speaker, count: standings.length - heard.length },
      "the standing of numbers that nobody has, or that another speaks for, was passed over",
    );
  const seen: { readonly id: string; readonly epoch: number; readonly at: number }[] = [];
  await Promise.all(
    heard.map(async ({ standing, row }) => {
      const { lastSeenAt, ...change } = changeOf(row, standing);
      if (Object.keys(change).length > 0) return keepChange(engine, row, standing);
      if (lastSeenAt !== undefined) seen.push({ id: row.id, epoch: row.epoch, at: lastSeenAt });
    }),
  );
  if (seen.length > 0) await connections.touch(seen);
}

async function heardBy(engine: Engine, kind: string, route: string, speaker: string | undefined): Promise<Connection | undefined> {
  const row = await engine.storage.connections.byRoute(route);
  return row?.channel === kind && isLinked(row) && (await hears(engine, row, speaker)) ? row : undefined;
}

// what is being linked has its steps, and what was disconnected on request stays so
function isLinked({ connectedAt, status }: Connection): boolean {
  return connectedAt !== undefined && !isEnded(status);
}

async function keepChange(engine: Engine, row: Connection, standing: ReportedStanding): Promise<void> {
  const change = (current: Connection): ConnectionChange | undefined => (isLinked(current) ? changeOf(current, standing) : undefined);
  await updateConnection(engine, row.workspaceId, row.id, change, row).catch((error: unknown) => {
    // removed meanwhile
    if (!isWadeskError(error, "connection_not_found")) throw error;
  });
}

/** What is new of a row. */
function changeOf(row: Connection, { health, facts, details, warnings }: ReportedStanding): ConnectionChange {
  const told: ConnectionChange = {
    ...healthChange(
      row,
      health.map((each) => ({ ...each, epoch: row.epoch })),
    ),
    ...factsChange(row, facts),
    ...(details !== undefined && { details: storableValue(details) }),
    ...(warnings !== undefined && { warnings: storableValue(warnings) }),
  };
  return Object.fromEntries(
    Object.entries(told).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(Reflect.get(row, name))),
  );
}
