import { openContext } from "../connections/contexts.ts";
import { sessionVoice } from "../connections/lines/session-voice.ts";
import { updateConnection } from "../connections/update.ts";
import type { Engine } from "../engine/engine.ts";
import { isWadeskError, WadeskError } from "../errors/wadesk-error.ts";
import type { Connection } from "../model/connection.ts";
import { channelOf } from "../ports/installed-channel.ts";
import type { ConnectionChange } from "../ports/stores/connection-store.ts";
import type { SessionLease } from "../ports/stores/session-store.ts";
import { fenceOf, type KeptSession } from "../runtime/sessions/kept-sessions.ts";
import { type ConnectionStatus, isEnded } from "../status/connection-status.ts";

/** A session to open, under a lease that this process holds. */
export interface Opening {
  readonly lease: SessionLease;
  readonly controller: AbortController;
  /** Hears each status that the session brings about. */
  readonly told: (status: ConnectionStatus) => void;
}

/**
 * Opens one, under an epoch that no session before it had. Nothing where its connection is gone, never came to be linked or was disconnected on request.
 * Rejects with `lease_lost` when another process was given a later lease.
 */
export async function openSession(engine: Engine, { lease, controller, told }: Opening): Promise<KeptSession | undefined> {
  const { connections, sessions } = engine.storage;
  const { workspaceId, connectionId, kind } = lease;
  const row = await connections.get(workspaceId, connectionId);
  if (row === undefined || row.connectedAt === undefined || isEnded(row.status)) return undefined;
  // a disconnect and a reconnect count too
  const own = lease.token > row.epoch ? lease : await sessions.take(lease.process, lease, row.epoch);
  if (own === undefined) throw new WadeskError("lease_lost");
  const connection = await underEpoch(engine, row, own.token);
  if (connection === undefined) return void (await sessions.forget(connectionId));
  if (connection.status.state === "connected") engine.kept.connected.set(connectionId, engine.time.now());
  const secret = await engine.secrets.read({ connectionId, channel: kind });
  const { session } = channelOf(engine.channels, kind);
  if (session === undefined || secret === undefined) return undefined;
  const { signal } = controller;
  const context = {
    ...openContext(engine, connection, secret, { signal, fence: fenceOf(own) }),
    ...sessionVoice(engine, { lease: own, signal, told }),
  };
  const open = await session.open(connection, context);
  const kept: KeptSession = { lease: own, open, signal, abort: () => controller.abort(new WadeskError("lease_lost")), told };
  if (signal.aborted) {
    await open.close();
    throw new WadeskError("lease_lost");
  }
  return kept;
}

// nothing where the connection was removed meanwhile
async function underEpoch(engine: Engine, row: Connection, token: number): Promise<Connection | undefined> {
  const changeOf = (current: Connection): ConnectionChange => {
    if (current.epoch >= token) throw new WadeskError("lease_lost");
    return { epoch: token };
  };
  try {
    return await updateConnection(engine, row.workspaceId, row.id, changeOf, row);
  } catch (error) {
    if (isWadeskError(error, "connection_not_found")) return undefined;
    throw error;
  }
}
