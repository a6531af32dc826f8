import type { Connection, MessageRow, OwnedEvent } from "@wadesk/core";
import { connectionOf as anyConnection, messageRowOf, receivedText } from "../../builders/rows.ts";

/** A connection's row: fresh, and nobody's primary. */
export function connectionOf(partial: Partial<Connection> = {}): Connection {
  return anyConnection({ id: "con_1", channel: "echo", primary: false, version: 0, ...partial });
}

/** A message's row before the vendor has answered. */
export function messageOf(partial: Partial<MessageRow> = {}): MessageRow {
  const { receipt: _accepted, ...row } = messageRowOf({ connectionId: "con_1", ...partial });
  return row;
}

/** An event of a contact. */
export function eventOf(partial: {
  readonly id: string;
  readonly contact?: string;
  readonly workspaceId?: string;
  readonly connectionId?: string;
}): OwnedEvent {
  const { id, contact = "ana", connectionId = "con_1", workspaceId = "acme" } = partial;
  return receivedText({ messageId: id, phone: contact, connectionId, workspaceId });
}
