import type { ConnectionList, ListRequest } from "../api/workspace.ts";
import type { Engine } from "../engine/engine.ts";
import type { ConnectionScope } from "../ports/stores/connection-store.ts";
import { readListRequest } from "../requests/read-requests.ts";
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
    ...(request.state !== undefined && { states: [request.state] }),
  };
  const [page, counts] = await Promise.all([
    connections.list(workspaceId, filter, { limit, ...(cursor !== undefined && { cursor }) }),
    connections.countByState(workspaceId, base),
  ]);
  const { connected, pending, disconnected, failed } = counts;
  return {
    ...page,
    items: page.items.map((row) => viewOf(engine, row)),
    counts: { all: connected + pending + disconnected + failed, ...counts },
    channel,
  };
}
