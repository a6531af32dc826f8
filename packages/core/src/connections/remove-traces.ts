import type { Engine } from "../client/engine.ts";
import { stepNamespace } from "../linking/steps.ts";
import type { Connection } from "../model/connection.ts";
import { dataKeyNamespace, recordNamespace } from "../vault/sealed-records.ts";

/** Forgets a connection and everything kept for it. The row goes last, so that a failure in between can be repeated. */
export async function removeTraces(engine: Engine, { workspaceId, id }: Pick<Connection, "workspaceId" | "id">): Promise<void> {
  const { storage, secrets, live } = engine;
  await secrets.clear(id);
  for (const namespace of [recordNamespace(id), dataKeyNamespace(id), stepNamespace(id)]) await storage.records.clear(namespace);
  await storage.inbox.deleteOfConnection(workspaceId, id);
  await storage.messages.deleteOfConnection(workspaceId, id);
  await storage.connections.delete(workspaceId, id);
  live.emit("connection.removed", { workspaceId, connectionId: id });
}
