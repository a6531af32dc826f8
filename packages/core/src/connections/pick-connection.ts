import type { Engine } from "../engine/engine.ts";
import { isWadeskError, WadeskError } from "../errors/wadesk-error.ts";
import type { Connection } from "../model/connection.ts";
import { sessionOpening } from "./lines/find-line.ts";
import { sharedRowOf, viewOf } from "./view.ts";
import { wrongFrom } from "./wrong-from.ts";

/** The connection to send from: the named one, else the primary one of the channel in force. It must be connected. */
export async function pickConnection(engine: Engine, workspaceId: string, from: string | undefined): Promise<Connection> {
  const active = await engine.settings.activeChannel();
  const connection =
    from === undefined ? await primaryOf(engine, workspaceId, active) : await namedOf(engine, workspaceId, { id: from, active });
  refuseUnconnected(engine, connection);
  return connection;
}

/** Throws why nothing can be sent from a connection, unless it is connected. */
export function refuseUnconnected(engine: Engine, connection: Connection): void {
  const { status } = connection;
  if (status.state === "connected") return;
  if (
    status.state === "disconnected" &&
    status.reason === "connection_lost" &&
    engine.channels.get(connection.channel)?.session !== undefined
  )
    throw sessionOpening(engine, connection);
  const detail = `${connection.id} is ${status.state}: ${status.reason}`;
  throw new WadeskError(status.state === "failed" ? status.reason : "not_connected", { detail });
}

/** The connection of an id, which must be of the channel in force. Rejects with `connection_not_found` and `channel_inactive`. */
export async function namedOf(
  engine: Engine,
  workspaceId: string,
  { id, active }: { readonly id: string; readonly active: string },
): Promise<Connection> {
  const row = await sharedRowOf(engine, workspaceId, id).catch(async (error: unknown) => {
    throw isWadeskError(error, "connection_not_found") ? await wrongFrom(engine, workspaceId, id) : error;
  });
  if (row.channel !== active) {
    throw new WadeskError("channel_inactive", { detail: `${id} belongs to ${row.channel}; the channel in force is ${active}` });
  }
  return viewOf(engine, row);
}

/** The primary connection of a channel. Rejects with `no_connection`. */
export async function primaryOf(engine: Engine, workspaceId: string, active: string): Promise<Connection> {
  const primary = await engine.storage.connections.primary(workspaceId, active);
  if (primary === undefined) throw new WadeskError("no_connection", { detail: `the channel in force is ${active}` });
  return viewOf(engine, primary);
}
