import type { Engine } from "../client/engine.ts";
import type { ConnectionList, ListRequest } from "../client/workspace-port.ts";
import type { ConnectionScope } from "../ports/stores/connection-store.ts";
import { viewOf } from "./view.ts";

const DEFAULT_LIMIT = 50;
const HIGHEST_LIMIT = 200;

/** Lists the connections of the channel in force, with counts by state that agree with the cards. */
export async function listConnections(engine: Engine, workspaceId: string, request: ListRequest): Promise<ConnectionList> {
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
  const limit = Math.max(1, Math.min(request.limit ?? DEFAULT_LIMIT, HIGHEST_LIMIT));
  const [page, counts] = await Promise.all([
    connections.list(workspaceId, filter, { limit, ...(request.cursor !== undefined && { cursor: request.cursor }) }),
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
