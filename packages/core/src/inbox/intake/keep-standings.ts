import { factsChange, healthChange, updateConnection } from "../../connections/update.ts";
import { endedUntold } from "../../connections/told-later.ts";
import { hears } from "../../connections/view.ts";
import { storableValue } from "../../encoding/storable.ts";
import type { Engine } from "../../engine/engine.ts";
import { isWadeskError } from "../../errors/wadesk-error.ts";
import type { Connection } from "../../model/connection.ts";
import type { ConnectionChange } from "../../ports/stores/connection-store.ts";
import type { ReportedStanding, StrayNumber, ToldOnce } from "../../ports/webhook-source.ts";
import { isEnded } from "../../status/connection-status.ts";

/**
 * Keeps how numbers are, as their vendor reports it again and again. Those of which nothing else is new than that they live cost a read each, and one write
 * together. A number that nobody has, or that another speaker speaks for, is passed over and answered, as is one that has ended here. What is told `once` and
 * was told before changes nothing.
 */
export async function keepStandings(
  engine: Engine,
  kind: string,
  standings: readonly ReportedStanding[],
  speaker?: string,
  once?: ToldOnce,
): Promise<readonly StrayNumber[]> {
  const { connections } = engine.storage;
  if (once !== undefined && !(await isFirst(engine, `${kind}/${speaker ?? ""}/${once.id}`, once.forMs))) {
    engine.runtime.log.warn({ channel: kind, speaker }, "the standing of numbers came again, word for word, and was passed over");
    return [];
  }
  const rows = await Promise.all(
    standings.map(async (standing) => ({ standing, ...(await heardBy(engine, kind, standing.route, speaker)) })),
  );
  const heard = rows.flatMap(({ standing, row, use }) => (row === undefined || use !== "used" ? [] : [{ standing, row }]));
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
  const unknown = rows.flatMap(({ standing: { route }, use }) => (use === "unknown" ? [route] : []));
  const untold = await endedUntold(engine, kind, unknown, speaker);
  return rows.flatMap(({ standing: { route }, use, row }): readonly StrayNumber[] => {
    if (use === "ended" && row !== undefined) return [{ route, endedAt: row.status.since }];
    const endedAt = untold.get(route);
    return use === "unknown" ? [{ route, ...(endedAt !== undefined && { endedAt }) }] : [];
  });
}

const TOLD = "told/";

// whichever process took the first
async function isFirst({ storage, time }: Engine, key: string, forMs: number): Promise<boolean> {
  return storage.records.insert(TOLD, key, new Uint8Array([1]), time.now() + forMs);
}

/** Who has a number here; one that is being linked for the first time is not used yet, and no stray. */
interface Hearing {
  readonly use: "used" | "linking" | "ended" | "unknown";
  readonly row?: Connection;
}

async function heardBy(engine: Engine, kind: string, route: string, speaker: string | undefined): Promise<Hearing> {
  const row = await engine.storage.connections.byRoute(route);
  if (row?.channel !== kind) return { use: "unknown" };
  // its speaker is not known before it is linked
  if (row.connectedAt === undefined) return { use: "linking" };
  if (!(await hears(engine, row, speaker))) return { use: "unknown" };
  return { use: isEnded(row.status) ? "ended" : "used", row };
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
