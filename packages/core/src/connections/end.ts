import type { Engine } from "../engine/engine.ts";
import { WadeskError } from "../errors/wadesk-error.ts";
import type { Connection } from "../model/connection.ts";
import { channelOf } from "../ports/installed-channel.ts";
import { messageOf } from "../runtime/live.ts";
import { isEnded } from "../status/connection-status.ts";
import { endSession } from "./lines/close-session.ts";
import { duringLine } from "./lines/find-line.ts";
import { isKeptElsewhere, leaveToOwner } from "./lines/intents.ts";
import { removeTraces } from "./remove-traces.ts";
import { tellLater } from "./told-later.ts";
import { updateConnection } from "./update.ts";
import { rowOf, viewOf } from "./view.ts";

/** Ends a connection with the vendor; the row stays. One that is being linked for the first time is cancelled. */
export function disconnect(engine: Engine, workspaceId: string, id: string): Promise<Connection> {
  return duringAccount(engine, workspaceId, id, (row) => end(engine, row));
}

/**
 * Ends a connection and forgets it, or leaves that to the process that keeps its session. When it was the primary one, the oldest connected one follows. `force` forgets it even if its vendor refuses.
 */
export function remove(engine: Engine, workspaceId: string, id: string, force = false): Promise<"removed" | "left"> {
  return duringAccount(engine, workspaceId, id, async (row) => {
    const elsewhere = row.connectedAt !== undefined && !isEnded(row.status) && (await isKeptElsewhere(engine, row));
    if (elsewhere && !force) {
      await leaveToOwner(engine, row, "remove");
      return "left";
    }
    try {
      if (elsewhere) throw new WadeskError("session_elsewhere");
      await letGo(engine, row);
    } catch (error) {
      if (!force) throw error;
      engine.runtime.log.warn(
        { connectionId: id, channel: row.channel, reason: messageOf(error) },
        "the provider could not be told that a connection ends; end it in the provider's console",
      );
    }
    await forget(engine, row);
    return "removed";
  });
}

/** Disconnects or removes a connection whose session does not come up, so that its vendor cannot be told; the log says so. */
export function endUntold(engine: Engine, workspaceId: string, id: string, action: "disconnect" | "remove"): Promise<void> {
  return duringAccount(engine, workspaceId, id, async (row) => {
    if (isEnded(row.status)) {
      if (action === "remove") await forget(engine, row);
      return;
    }
    engine.runtime.log.warn(
      { connectionId: id, channel: row.channel, action },
      "the session of a connection that ends could not be opened, so the provider was not told; end it on the phone or in the provider's console",
    );
    await markEnded(engine, row);
    if (action === "remove") await forget(engine, row);
  });
}

async function forget(engine: Engine, row: Connection): Promise<void> {
  // before the row goes: whoever repeats a remove that failed half-way must find it
  if (row.primary) await passOnPrimary(engine, row);
  await removeTraces(engine, row);
}

async function end(engine: Engine, row: Connection): Promise<Connection> {
  if (isEnded(row.status)) return viewOf(engine, row);
  // one that never came to be linked has nothing to end at the vendor
  if (row.connectedAt !== undefined) {
    if (await isKeptElsewhere(engine, row)) {
      await leaveToOwner(engine, row, "disconnect");
      return viewOf(engine, row);
    }
    await endAtVendor(engine, row);
  }
  return markEnded(engine, row);
}

async function markEnded(engine: Engine, row: Connection): Promise<Connection> {
  const ended = await updateConnection(engine, row.workspaceId, row.id, (current) => ({
    status: { state: "disconnected", reason: "requested", since: engine.time.now() },
    // a link that is under way sees by it that it was cancelled
    epoch: current.epoch + 1,
  }));
  if (engine.channels.get(row.channel)?.session !== undefined) await endSession(engine, row.id);
  return ended;
}

async function endAtVendor(engine: Engine, row: Connection): Promise<void> {
  // a session that has ended for good left nothing to end
  if (channelOf(engine.channels, row.channel).session !== undefined && engine.kept.get(row.id) === undefined) return;
  // before the row says that it has ended: whoever repeats it must tell the vendor
  if ((await duringLine(engine, row, ({ line }) => line.disconnect())) === "later") await tellLater(engine, row);
}

async function letGo(engine: Engine, row: Connection): Promise<void> {
  // a channel that is installed no longer cannot be asked to let go
  if (!engine.channels.has(row.channel) || row.connectedAt === undefined || isEnded(row.status)) return;
  try {
    await engine.secrets.read({ connectionId: row.id, channel: row.channel });
  } catch (error) {
    engine.runtime.log.warn(
      { connectionId: row.id, reason: messageOf(error) },
      "the credentials of a removed connection do not open, so the provider was not told; end it in the provider's console",
    );
    return;
  }
  await end(engine, row);
}

async function passOnPrimary(engine: Engine, row: Connection): Promise<void> {
  const filter = { channel: row.channel, states: ["connected"] as const };
  const { items } = await engine.storage.connections.list(row.workspaceId, filter, { limit: 2 });
  const heir = items.find((other) => other.id !== row.id);
  if (heir !== undefined) await engine.storage.connections.setPrimary(row.workspaceId, row.channel, heir.id);
}

/**
 * Works on a connection as it stands while its account is locked: so that two numbers of one account are not each taken for the last one, and
 * a link that is under way has either ended or not begun at the vendor.
 */
async function duringAccount<Result>(
  engine: Engine,
  workspaceId: string,
  id: string,
  work: (row: Connection) => Promise<Result>,
): Promise<Result> {
  for (;;) {
    const { account } = await rowOf(engine, workspaceId, id);
    if (account === undefined) return work(await rowOf(engine, workspaceId, id));
    const done = await engine.locks.during(`account/${account}`, async () => {
      const row = await rowOf(engine, workspaceId, id);
      return row.account === account ? { result: await work(row) } : undefined;
    });
    if (done !== undefined) return done.result;
  }
}
