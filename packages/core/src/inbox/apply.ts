import type { Engine } from "../client/engine.ts";
import { healthChange, updateConnection } from "../connections/update.ts";
import { viewOf } from "../connections/view.ts";
import type { Connection } from "../model/connection.ts";
import type { OwnedEvent, WadeskEvent } from "../model/event.ts";

/**
 * Applies what an event says to what is stored (the status ladder, the connection's health) and gives it as handlers see it. Repeating it
 * changes nothing more. Nothing when the connection was removed meanwhile.
 */
export async function applyEvent(engine: Engine, event: OwnedEvent): Promise<WadeskEvent | undefined> {
  const { storage } = engine;
  const row = await storage.connections.get(event.workspaceId, event.connectionId);
  if (row === undefined) return undefined;
  const connection = await withHealth(engine, row, event);
  for (const other of await alsoConcerned(engine, row, event)) await withHealth(engine, other, event);
  const { key, type, at, workspaceId } = event;
  if (event.type !== "message.status") return { key, type, at, workspaceId, data: { ...event.data, connection } } as WadeskEvent;
  const { messageId: providerId, status, failure } = event.data;
  const { standing, messageId } = await storage.messages.advanceStatus({ connectionId: row.id, providerId }, status, at, failure);
  const message = messageId === undefined ? {} : { message: { id: messageId } };
  return { key, type: event.type, at, workspaceId, data: { ...event.data, connection, standing, ...message } };
}

// what befalls an account befalls each of its numbers, though the workspace is told once
async function alsoConcerned(engine: Engine, row: Connection, { health, scope, route, phone }: OwnedEvent): Promise<readonly Connection[]> {
  if (health === undefined || scope !== "account") return [];
  const rows = await engine.storage.connections.byAccount(route);
  return rows.filter(
    (other) =>
      other.id !== row.id &&
      other.workspaceId === row.workspaceId &&
      other.channel === row.channel &&
      (phone === undefined || other.phone === phone),
  );
}

// the vendor's webhook speaks of the connection as it is now, whichever session that is
async function withHealth(engine: Engine, row: Connection, { health, at, workspaceId }: OwnedEvent): Promise<Connection> {
  if (health === undefined) return viewOf(engine, row);
  return updateConnection(engine, workspaceId, row.id, (current) =>
    isStale(current, at) ? undefined : healthChange(current, [{ ...health, at, epoch: current.epoch }]),
  );
}

// a fact from before the connection was made anew says nothing about it
function isStale({ connectedAt }: Connection, at: number): boolean {
  // vendors give whole seconds
  return connectedAt !== undefined && at + 1000 <= connectedAt;
}
