import { channelOf, type Engine } from "../client/engine.ts";
import type { Connection } from "../model/connection.ts";
import { connectionContext } from "./contexts.ts";
import { removeTraces } from "./remove-traces.ts";
import { updateConnection } from "./update.ts";
import { rowOf, viewOf } from "./view.ts";

/** Ends a connection with the vendor; the row stays. */
export async function disconnect(engine: Engine, workspaceId: string, id: string): Promise<Connection> {
  const row = await rowOf(engine, workspaceId, id);
  if (isEnded(row)) return viewOf(engine, row);
  return duringAccount(engine, row, async () => {
    // one that never came to be linked has nothing to end at the vendor
    if (row.connectedAt !== undefined) await channelOf(engine.channels, row.channel).disconnect(row, await connectionContext(engine, row));
    return updateConnection(engine, workspaceId, id, (current) => ({
      status: { state: "disconnected", reason: "requested", since: engine.runtime.clock.now() },
      epoch: current.epoch + 1,
    }));
  });
}

/** Ends a connection and forgets it. When it was the primary one, the oldest connected one follows. */
export async function remove(engine: Engine, workspaceId: string, id: string): Promise<void> {
  const row = await rowOf(engine, workspaceId, id);
  // a channel that is installed no longer cannot be asked to let go
  if (engine.channels.has(row.channel)) await disconnect(engine, workspaceId, id);
  await removeTraces(engine, row);
  if (!row.primary) return;
  const filter = { channel: row.channel, states: ["connected"] as const };
  const { items } = await engine.storage.connections.list(workspaceId, filter, { limit: 1 });
  const [oldest] = items;
  if (oldest !== undefined) await engine.storage.connections.setPrimary(workspaceId, row.channel, oldest.id, "if-none");
}

function isEnded({ status }: Connection): boolean {
  return status.state === "disconnected" && status.reason === "requested";
}

// so that two numbers of one account are not each taken for the last one
function duringAccount<Result>(engine: Engine, { account }: Connection, work: () => Promise<Result>): Promise<Result> {
  return account === undefined ? work() : engine.locks.during(`account/${account}`, work);
}
