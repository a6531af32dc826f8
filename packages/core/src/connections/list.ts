import type { ChangedConnections, ConnectionList, ListRequest } from "../api/workspace.ts";
import type { Engine } from "../engine/engine.ts";
import type { ConnectionScope } from "../ports/stores/connection-store.ts";
import { readChangesRequest, readListRequest } from "../requests/read-lists.ts";
import { viewOf } from "./view.ts";

/** Lists the connections of the channel in force, with counts by state that agree with the cards. Rejects with `input_invalid`. */
export async function listConnections(engine: Engine, workspaceId: string, given: ListRequest | undefined): Promise<ConnectionList> {
  const { limit, cursor, ...request } = readListRequest(given);
  const { connections } = engine.storage;
  const channel = await engine.settings.activeChannel();
  const silenceLimit = engine.channels.get(channel)?.silenceLimitMs;
  const base: ConnectionScope = {
    channel,
    ...(silenceLimit !== undefined && { silentBefore: engine.time.now() - silenceLimit }),
  };
  const filter = {
    ...base,
    ...(request.region !== undefined && { region: request.region }),
    ...(request.search !== undefined && { search: request.search }),
    ...(request.state !== undefined && { states: [request.state] }),
  };
  // before the page, which has then all that happened before the cursor
  const { states, regions, cursor: changes } = await connections.counts(workspaceId, base);
  const page = await connections.list(workspaceId, filter, { limit, ...(cursor !== undefined && { cursor }) });
  const { connected, pending, disconnected, failed } = states;
  return {
    ...page,
    items: page.items.map((row) => viewOf(engine, row)),
    counts: { all: connected + pending + disconnected + failed, ...states },
    regions,
    changes: JSON.stringify([channel, changes]),
    channel,
  };
}

/** What became of the connections of the channel in force since a list. Rejects with `input_invalid`. */
export async function connectionChanges(
  engine: Engine,
  workspaceId: string,
  cursor: string,
  request: { readonly limit?: number } | undefined,
): Promise<ChangedConnections> {
  const { channel, since, limit } = readChangesRequest(cursor, request);
  const anew: ChangedConnections = { changed: [], removed: [], cursor, more: false, startOver: true };
  if ((await engine.settings.activeChannel()) !== channel) return anew;
  const found = await engine.storage.connections.changedSince(workspaceId, since, limit);
  if (found === undefined) return anew;
  // other channels' removals are told too: nobody has those ids on a list
  const changed = found.changed.filter((row) => row.channel === channel).map((row) => viewOf(engine, row));
  return { ...found, changed, cursor: JSON.stringify([channel, found.cursor]), startOver: false };
}
