import type { Engine } from "../engine/engine.ts";
import type { Connection } from "../model/connection.ts";
import type { OwnedEvent } from "../model/event.ts";
import { messageOf } from "../runtime/live.ts";
import { dataKeyNamespace, recordNamespace, stagedNamespace } from "../vault/sealed-records.ts";
import { voiceWriter } from "../voices/voice-writer.ts";
import { endSession } from "./lines/close-session.ts";
import { forgetIntent } from "./lines/intents.ts";
import { stepNamespace } from "./step-namespace.ts";

/**
 * Forgets a connection and everything kept for it. The row goes last, so that a failure in between can be repeated. Who seals secrets anew
 * does so under the connection's lock, and is kept out, unless the connection is so `fresh` that nobody can know of it.
 */
export async function removeTraces(
  engine: Engine,
  row: Pick<Connection, "workspaceId" | "id" | "channel">,
  fresh?: "fresh",
): Promise<void> {
  const { workspaceId, id } = row;
  const { storage, live, locks } = engine;
  const removeSecrets = (): Promise<void> =>
    fresh === undefined ? locks.during(`connection/${id}`, () => clearSecrets(engine, id)) : clearSecrets(engine, id);
  await removeSession(engine, row);
  await removeSecrets();
  await voiceWriter(engine, row.channel)?.dropVoices(engine, row);
  await removeRows(engine, workspaceId, id);
  // nobody has spoken with one that was never linked
  if (fresh === undefined) await engine.lastNumbers.forgetConnection(workspaceId, id);
  await storage.connections.delete(workspaceId, id);
  live.emit("connection.removed", { workspaceId, connectionId: id });
  try {
    // what was on its way while the row was there may have come in after the rest had gone; what comes later sees that there is none
    await removeSecrets();
    await removeRows(engine, workspaceId, id);
    if (fresh === undefined) await engine.lastNumbers.forgetConnection(workspaceId, id);
  } catch (error) {
    engine.runtime.log.warn({ connectionId: id, reason: messageOf(error) }, "what came in while a connection was removed may be left");
  }
}

/** Forgets what was written for a connection after it was removed. */
export async function removeLate(engine: Engine, row: Pick<Connection, "id" | "channel">): Promise<void> {
  await removeSession(engine, row);
  await clearSecrets(engine, row.id);
}

/** Whether the connection of an event is there no longer. What is left of it goes then, the event too. */
export async function isGone(engine: Engine, { workspaceId, connectionId }: OwnedEvent): Promise<boolean> {
  if ((await engine.storage.connections.get(workspaceId, connectionId)) !== undefined) return false;
  await removeRows(engine, workspaceId, connectionId);
  return true;
}

// whoever keeps it elsewhere writes nothing more, and closes it when it looks
async function removeSession(engine: Engine, row: Pick<Connection, "id" | "channel">): Promise<void> {
  if (engine.channels.get(row.channel)?.session === undefined) return;
  await endSession(engine, row.id);
  await engine.storage.sessions.forget(row.id);
  await forgetIntent(engine, row);
}

async function clearSecrets({ secrets, storage }: Engine, id: string): Promise<void> {
  await secrets.clear(id);
  for (const namespace of [recordNamespace(id), stagedNamespace(id), dataKeyNamespace(id), stepNamespace(id)])
    await storage.records.clear(namespace);
}

async function removeRows({ storage }: Engine, workspaceId: string, id: string): Promise<void> {
  await storage.inbox.deleteOfConnection(workspaceId, id);
  await storage.messages.deleteOfConnection(workspaceId, id);
}
