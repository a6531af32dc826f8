import type { Engine } from "../engine/engine.ts";
import { WadeskError } from "../errors/wadesk-error.ts";
import type { Connection } from "../model/connection.ts";
import { readId } from "../requests/read-requests.ts";
import { statusAt } from "../status/connection-status.ts";
import { adviceOf } from "../status/reason-table.ts";
import { speakerOf } from "../voices/speaker-of.ts";
import { warningsAt } from "./warnings-at.ts";

/** A connection as it stands at this moment: silence, what its state means and what is due to be warned of counted in. */
export function viewOf(engine: Engine, row: Connection): Connection {
  const channel = engine.channels.get(row.channel);
  const now = engine.time.now();
  const status = statusAt(row, now, channel?.silenceLimitMs);
  const warnings = warningsAt(row, status, now, channel?.phoneLimitMs);
  const advice = adviceOf(status, channel?.sentences);
  return { ...(row.advice === undefined ? row : withoutAdvice(row)), status, warnings, ...(advice && { advice }) };
}

// a view that was written back keeps none of what it said then
function withoutAdvice({ advice: _former, ...row }: Connection): Connection {
  return row;
}

/** The stored row of one connection. Rejects with `connection_not_found`, for another workspace's too, and with `input_invalid` for what is no id. */
export async function rowOf(engine: Engine, workspaceId: string, id: string): Promise<Connection> {
  return found(await engine.storage.connections.get(workspaceId, readId(id, "connection")), id);
}

/** The same, by one read for all who ask at the same moment, such as a burst of messages; it is no older than the question. */
export async function sharedRowOf(engine: Engine, workspaceId: string, id: string): Promise<Connection> {
  return found(await engine.connectionOf(workspaceId, readId(id, "connection")), id);
}

function found(row: Connection | undefined, id: string): Connection {
  if (row === undefined)
    throw new WadeskError("connection_not_found", { detail: `no connection ${JSON.stringify(id)} here; list() shows them` });
  return row;
}

/** Whether a connection hears what a speaker's secret has verified: it is spoken for by that one, and may still have its number. */
export async function hears(engine: Engine, row: Connection, speaker: string | undefined): Promise<boolean> {
  return (await isSpokenForBy(engine, row, speaker)) && (await isEntitled(engine, row));
}

/** Whether a speaker is that of a connection: the one that is stored with it, which costs no look at the settings, or the one that they make of it. */
export async function isSpokenForBy(engine: Engine, row: Connection, speaker: string | undefined): Promise<boolean> {
  return (speaker !== undefined && row.speaker === speaker) || (await speakerOf(engine, row)) === speaker;
}

/** Whether a connection may still have its number: always, but where its channel says that the admin took it away. */
export async function isEntitled(engine: Engine, row: Connection): Promise<boolean> {
  const channel = engine.channels.get(row.channel);
  return channel?.entitled === undefined || channel.entitled(row, await engine.settings.resolve(row.channel));
}
