import { disconnect } from "../connections/end.ts";
import { rowOf } from "../connections/view.ts";
import type { Engine } from "../engine/engine.ts";
import type { Connection } from "../model/connection.ts";
import { isEnded } from "../status/connection-status.ts";

const NAMESPACE = "cancel/";
/** Whoever pairs a number looks every two seconds; longer than that it must not stand, or it would end the next attempt. */
const LIFE_MS = 10_000;

/** Ends an attempt to link a number, in whichever process it runs. */
export async function cancelLinking(engine: Engine, workspaceId: string, id: string): Promise<void> {
  const row = await rowOf(engine, workspaceId, id);
  const here = engine.kept.linking.get(id);
  if (here !== undefined) return here.abort();
  // an attempt at a first number sees by its row that it was disconnected
  if (row.connectedAt === undefined) return void (isEnded(row.status) || (await disconnect(engine, workspaceId, id)));
  await engine.storage.records.set(NAMESPACE, new Map([[id, { value: new Uint8Array([1]), expiresAt: engine.time.now() + LIFE_MS }]]));
}

/** Forgets what was cancelled before an attempt began. */
export async function forgetCancelled(engine: Engine, id: string): Promise<void> {
  await engine.storage.records.set(NAMESPACE, new Map([[id, undefined]]));
}

/** Whether somebody cancelled an attempt, or forgot or disconnected its connection meanwhile. */
export async function isCancelled(engine: Engine, row: Pick<Connection, "workspaceId" | "id" | "status">): Promise<boolean> {
  const current = await engine.storage.connections.get(row.workspaceId, row.id);
  if (current === undefined || (isEnded(current.status) && !isEnded(row.status))) return true;
  return (await engine.storage.records.take(NAMESPACE, row.id)) !== undefined;
}
