import { removeTraces } from "../connections/remove-traces.ts";
import type { Engine } from "../engine/engine.ts";
import type { Connection } from "../model/connection.ts";
import { pagesOf } from "../ports/stores/pages-of.ts";
import { messageOf } from "../runtime/live.ts";
import { isEnded } from "../status/connection-status.ts";

/** Records of attempts that are under way, in whichever process: the connection's id, and its workspace. */
const NAMESPACE = "linking/";
/** An attempt without a record is an older version's, which holds no lock. */
const FORGOTTEN_AFTER_MS = 60 * 60 * 1000;

type Place = Pick<Connection, "id" | "workspaceId">;

// held while the attempt is under way: whoever gets it knows that its process ended
function lockOf(id: string): string {
  return `linking/${id}`;
}

/** Runs an attempt to link a first number so that it is known for one: what is left when its process ends is found, and ended. */
export async function duringAttempt<Result>(engine: Engine, { id, workspaceId }: Place, work: () => Promise<Result>): Promise<Result> {
  const { records, connections } = engine.storage;
  const lock = await engine.locks.take(lockOf(id));
  try {
    const value = new TextEncoder().encode(workspaceId);
    // before the row: what is not in the records is not found
    await records.set(NAMESPACE, new Map([[id, { value }]]));
    return await work();
  } finally {
    await forget();
    await lock.release();
  }

  // a row that could not be removed keeps its record, by which it is removed later
  async function forget(): Promise<void> {
    try {
      const row = await connections.get(workspaceId, id);
      if (row === undefined || row.connectedAt !== undefined) await records.set(NAMESPACE, new Map([[id, undefined]]));
    } catch (error) {
      engine.runtime.log.warn(
        { connectionId: id, reason: messageOf(error) },
        "the record of a connection attempt is left; upkeep removes it",
      );
    }
  }
}

/** Removes a connection that never came to be linked, when nobody is linking it any longer; answers whether it did. */
export async function endIfAbandoned(engine: Engine, row: Connection): Promise<boolean> {
  if (!isUnlinked(row)) return false;
  const known = (await engine.storage.records.get(NAMESPACE, [row.id])).size > 0;
  if (!known && row.createdAt > engine.time.now() - FORGOTTEN_AFTER_MS) return false;
  return endAttempt(engine, row);
}

/** Ends the attempts of a channel in a workspace whose processes ended; answers how many there were. */
export async function endAbandonedOf(
  engine: Engine,
  { workspaceId, channel }: Pick<Connection, "workspaceId" | "channel">,
): Promise<number> {
  const filter = { channel, states: ["pending", "disconnected"] as const };
  let count = 0;
  for await (const row of pagesOf((page) => engine.storage.connections.list(workspaceId, filter, page)))
    if (await endIfAbandoned(engine, row)) count += 1;
  return count;
}

/** Ends every attempt whose process ended. */
export async function endAbandoned(engine: Engine, goesOn: () => boolean = () => true): Promise<void> {
  const { records } = engine.storage;
  for (let cursor: string | undefined; goesOn(); ) {
    const page = await records.scan(NAMESPACE, cursor);
    const ids = page.items.filter(({ namespace }) => namespace === NAMESPACE).map(({ key }) => key);
    for (const [id, value] of await records.get(NAMESPACE, ids)) {
      if (goesOn()) await endAttempt(engine, { id, workspaceId: new TextDecoder().decode(value) });
    }
    if (page.next === undefined) return;
    cursor = page.next;
  }
}

// one that was disconnected while it was being linked, too
function isUnlinked({ connectedAt, status }: Connection): boolean {
  return connectedAt === undefined && (status.state === "pending" || isEnded(status));
}

async function endAttempt(engine: Engine, { id, workspaceId }: Place): Promise<boolean> {
  const { records, connections } = engine.storage;
  const lock = await engine.locks.takeIfFree(lockOf(id));
  if (lock === undefined) return false;
  try {
    const row = await connections.get(workspaceId, id);
    const abandoned = row !== undefined && isUnlinked(row);
    if (abandoned) {
      await removeTraces(engine, row);
      engine.runtime.log.info({ connectionId: id, channel: row.channel }, "a connection attempt whose process ended was removed");
    }
    await records.set(NAMESPACE, new Map([[id, undefined]]));
    return abandoned;
  } finally {
    await lock.release();
  }
}
