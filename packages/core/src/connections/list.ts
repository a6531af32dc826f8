import type { ChangedConnections, ConnectionList, ListRequest } from "../api/workspace.ts";
import type { Engine } from "../engine/engine.ts";
import { invalidField } from "../fields/invalid.ts";
import { digestOf } from "../kit/digest.ts";
import type { ConnectionScope } from "../ports/stores/connection-store.ts";
import { type ChangesPlace, readChangesRequest, readListRequest } from "../requests/read-lists.ts";
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
  const page = await connections.list(workspaceId, filter, {
    limit,
    ...(cursor !== undefined && { cursor: placeIn(cursor, workspaceId) }),
  });
  const { connected, pending, disconnected, failed } = states;
  return {
    items: page.items.map((row) => viewOf(engine, row)),
    ...(page.next !== undefined && { next: `${markOf(workspaceId)}.${page.next}` }),
    counts: { all: connected + pending + disconnected + failed, ...states },
    regions,
    changes: cursorOf({ channel, mark: markOf(workspaceId), since: changes }),
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
  const { channel, mark, since, limit } = readChangesRequest(cursor, request);
  if (mark !== markOf(workspaceId))
    throw invalidField("cursor", "is of another workspace; list the connections of this one anew", "not_found");
  const anew: ChangedConnections = { changed: [], removed: [], cursor, more: false, startOver: true };
  if ((await engine.settings.activeChannel()) !== channel) return anew;
  const found = await engine.storage.connections.changedSince(workspaceId, since, limit);
  if (found === undefined) return anew;
  // other channels' removals are told too: nobody has those ids on a list
  const changed = found.changed.filter((row) => row.channel === channel).map((row) => viewOf(engine, row));
  return { ...found, changed, cursor: cursorOf({ channel, mark, since: found.cursor }), startOver: false };
}

// in another workspace a cursor would skip what it has not seen, in silence
function markOf(workspaceId: string): string {
  return digestOf(workspaceId).slice(0, 8);
}

function cursorOf({ channel, mark, since }: ChangesPlace): string {
  return JSON.stringify([channel, mark, since]);
}

function placeIn(cursor: string, workspaceId: string): string {
  const [, mark, place] = /^([0-9a-f]{8})\.(.+)$/s.exec(cursor) ?? [];
  if (place === undefined) throw invalidField("cursor", "no list answered this cursor; leave it out to begin at the front", "wrong_form");
  if (mark !== markOf(workspaceId))
    throw invalidField("cursor", "is of another workspace; leave it out to begin at the front", "not_found");
  return place;
}
