import { sharedRowOf } from "../connections/view.ts";
import type { Engine } from "../engine/engine.ts";
import { isWadeskError, WadeskError } from "../errors/wadesk-error.ts";
import type { Connection } from "../model/connection.ts";
import type { MessageRow, OutboundMessage } from "../model/message.ts";
import { messageOf } from "../runtime/live.ts";

/** What tells a message from another, and the key under which it is sent once. */
export type Repeatable = Pick<MessageRow, "fingerprint" | "idempotencyKey">;

/** The row of a message that is about to go out. */
export function rowOf(engine: Engine, connection: Connection, message: OutboundMessage, repeatable: Repeatable): MessageRow {
  const now = engine.time.now();
  const { workspaceId, id: connectionId } = connection;
  return { id: message.id, workspaceId, connectionId, to: message.to, createdAt: now, status: "queued", statusAt: now, ...repeatable };
}

/**
 * Stores the row of a message before it goes out; answers another that holds its key. Rejects with `storage_unavailable` where it could not be stored, and
 * with `connection_not_found` where its connection was removed.
 */
export async function insert(engine: Engine, row: MessageRow): Promise<MessageRow | undefined> {
  try {
    const known = await engine.storage.messages.insert(row);
    // a connection that was removed after it was picked takes everything of it along, and this row came too late for that
    if (known === undefined) await sharedRowOf(engine, row.workspaceId, row.connectionId);
    return known;
  } catch (error) {
    // it may have been stored all the same, and would then hold its key though nothing was sent
    await forget(engine, row.workspaceId, row.id);
    if (isWadeskError(error, "connection_not_found")) throw error;
    engine.runtime.log.error({ messageId: row.id, reason: messageOf(error) }, "a message could not be stored, and was not sent");
    throw new WadeskError("storage_unavailable");
  }
}

/** Forgets the row of a message that was surely not sent, so that its key is free. Never rejects. */
export async function forget(engine: Engine, workspaceId: string, id: string): Promise<void> {
  try {
    await engine.storage.messages.forget(workspaceId, id);
  } catch (error) {
    engine.runtime.log.error(
      { messageId: id, reason: messageOf(error) },
      "a message that was not sent could not be forgotten; its idempotencyKey stays taken",
    );
  }
}
