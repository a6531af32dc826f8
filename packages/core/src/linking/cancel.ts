import { endSession } from "../connections/lines/close-session.ts";
import { updateConnection } from "../connections/update.ts";
import { rowOf } from "../connections/view.ts";
import type { Engine } from "../engine/engine.ts";
import type { Connection } from "../model/connection.ts";
import { isEnded } from "../status/connection-status.ts";

const NAMESPACE = "cancel/";
const LOOK_MS = 2000;
/** Whoever links a number looks every two seconds; longer than that it must not stand, or it would end the next attempt. */
const LIFE_MS = 10_000;

/** Ends an attempt to link a number that another process makes. It waits for no lock, for the attempt may hold it. */
export async function cancelLinking(engine: Engine, workspaceId: string, id: string): Promise<void> {
  const row = await rowOf(engine, workspaceId, id);
  const here = engine.kept.linking.get(id);
  if (here !== undefined) return here.abort();
  if (row.connectedAt === undefined && !isEnded(row.status)) return endFirst(engine, row);
  await engine.storage.records.set(NAMESPACE, new Map([[id, { value: new Uint8Array([1]), expiresAt: engine.time.now() + LIFE_MS }]]));
}

// an attempt at a first number sees by its row that it was cancelled
async function endFirst(engine: Engine, { workspaceId, id, channel }: Connection): Promise<void> {
  const after = await updateConnection(engine, workspaceId, id, (current) =>
    current.connectedAt !== undefined || isEnded(current.status)
      ? undefined
      : { status: { state: "disconnected", reason: "requested", since: engine.time.now() }, epoch: current.epoch + 1 },
  );
  if (isEnded(after.status) && engine.channels.get(channel)?.session !== undefined) await endSession(engine, id);
}

/** Forgets what was cancelled before an attempt began. */
export async function forgetCancelled(engine: Engine, id: string): Promise<void> {
  await engine.storage.records.set(NAMESPACE, new Map([[id, undefined]]));
}

/** Whether somebody cancelled an attempt. */
export async function isCancelled(engine: Engine, id: string): Promise<boolean> {
  return (await engine.storage.records.take(NAMESPACE, id)) !== undefined;
}

/** Ends an attempt within two seconds after somebody cancelled it, or forgot or disconnected its connection meanwhile. The answer stops that. */
export function heedCancel(engine: Engine, row: Connection, controller: AbortController): () => void {
  let stopped = false;
  let cancelLook = (): void => {};
  const isOver = async (): Promise<boolean> => {
    const current = await engine.storage.connections.get(row.workspaceId, row.id);
    return current === undefined || (isEnded(current.status) && !isEnded(row.status)) || isCancelled(engine, row.id);
  };
  const look = (): void => {
    cancelLook = engine.time.after(LOOK_MS, () => {
      isOver()
        .then((over) => {
          if (over && !stopped) controller.abort();
        })
        .catch(() => {})
        .finally(() => {
          if (!stopped && !controller.signal.aborted) look();
        });
    });
  };
  look();
  return () => {
    stopped = true;
    cancelLook();
  };
}
