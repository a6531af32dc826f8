import type { Engine } from "../engine/engine.ts";
import { WadeskError } from "../errors/wadesk-error.ts";
import type { Connection, ConnectionFacts } from "../model/connection.ts";
import type { CheckReport } from "../ports/line.ts";
import type { ConnectionChange } from "../ports/stores/connection-store.ts";
import { type ConnectionStatus, type Health, nextStatus, type Signal } from "../status/connection-status.ts";
import { rowOf, viewOf } from "./view.ts";

const TRIES = 5;

/** Changes one connection, reading it again when somebody else was faster, and tells the listeners when its status moved. */
export async function updateConnection(
  engine: Engine,
  workspaceId: string,
  id: string,
  changeOf: (row: Connection) => ConnectionChange | undefined,
  /** As it was just read. */
  known?: Connection,
): Promise<Connection> {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const row = attempt === 1 && known !== undefined ? known : await rowOf(engine, workspaceId, id);
    const change = changeOf(row);
    if (change === undefined) return viewOf(engine, row);
    if (changesNothing(row, change)) return signOfLife(engine, row, change);
    const result = await engine.storage.connections.update(workspaceId, id, row.version, change);
    if (result === "route_taken") throw new WadeskError("number_in_use");
    if (result === "updated") return announce(engine, { ...row, ...change, version: row.version + 1 }, row.status);
  }
  throw new WadeskError("conflict");
}

// what stands there already is no change of a row; when it was last seen is told with the heartbeats
function changesNothing(row: Connection, { lastSeenAt: _seen, ...change }: ConnectionChange): boolean {
  return Object.entries(change).every(([name, value]) => JSON.stringify(value) === JSON.stringify(Reflect.get(row, name)));
}

async function signOfLife(engine: Engine, row: Connection, { lastSeenAt = 0 }: ConnectionChange): Promise<Connection> {
  if (lastSeenAt <= (row.lastSeenAt ?? 0)) return viewOf(engine, row);
  await engine.storage.connections.touch([{ id: row.id, epoch: row.epoch, at: lastSeenAt }]);
  return viewOf(engine, { ...row, lastSeenAt });
}

/** Folds signals into a connection's status. */
export function applySignals(
  engine: Engine,
  { workspaceId, id }: Pick<Connection, "workspaceId" | "id">,
  signals: readonly Signal[],
): Promise<Connection> {
  return updateConnection(engine, workspaceId, id, (row) => healthChange(row, signals));
}

/** What signals change of a row; nothing when they tell nothing new. */
export function healthChange(row: Connection, signals: readonly Signal[]): ConnectionChange | undefined {
  const before: Health = row;
  const { status, epoch, lastSeenAt } = signals.reduce<Health>(nextStatus, before);
  if (status === row.status && epoch === row.epoch && lastSeenAt === row.lastSeenAt) return undefined;
  return { status, epoch, ...(lastSeenAt !== undefined && { lastSeenAt }) };
}

/** What facts that were learnt change of a row; nothing when they tell nothing new. */
export function factsChange(row: Connection, learnt: CheckReport<unknown>["facts"]): ConnectionChange {
  if (learnt === undefined) return {};
  const facts: ConnectionFacts = withoutUnknown({ ...row.facts, ...learnt, ...furthest(row.facts, learnt) });
  return JSON.stringify(facts) === JSON.stringify(row.facts) ? {} : { facts };
}

// what tells how far it is comes in any order, and more than once
function furthest(...told: readonly CheckReport<unknown>["facts"][]): ConnectionFacts {
  const percents = told.flatMap((each) => (typeof each?.historyProgress === "number" ? [each.historyProgress] : []));
  return percents.length > 1 ? { historyProgress: Math.max(...percents) } : {};
}

function withoutUnknown(facts: object): ConnectionFacts {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}

function announce(engine: Engine, row: Connection, previous: ConnectionStatus): Connection {
  const connection = viewOf(engine, row);
  if (!sameStatus(row.status, previous)) engine.live.emit("connection.changed", { connection, previous });
  return connection;
}

function sameStatus(left: ConnectionStatus, right: ConnectionStatus): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
