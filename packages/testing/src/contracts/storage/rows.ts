import type { Connection, MessageRow, OwnedEvent } from "@wadesk/core";

/** A connection's row, with what a test does not care about filled in. */
export function connectionOf(partial: Partial<Connection> = {}): Connection {
  const id = partial.id ?? "con_1";
  return {
    id,
    workspaceId: "acme",
    channel: "echo",
    route: `echo:${id}`,
    label: "Sales",
    primary: false,
    status: { state: "connected", since: 1_760_000_000_000 },
    details: {},
    warnings: [],
    createdAt: 1_760_000_000_000,
    epoch: 1,
    version: 0,
    ...partial,
  };
}

/** A sent message's row. */
export function messageOf(partial: Partial<MessageRow> = {}): MessageRow {
  return {
    id: "msg_1",
    workspaceId: "acme",
    connectionId: "con_1",
    to: { phone: "+4915100000001" },
    fingerprint: "f",
    createdAt: 1,
    status: "queued",
    statusAt: 1,
    ...partial,
  };
}

/** An event that belongs to a connection. */
export function eventOf(partial: {
  readonly id: string;
  readonly contact?: string;
  readonly workspaceId?: string;
  readonly connectionId?: string;
}): OwnedEvent {
  const { id, contact = "ana", workspaceId = "acme", connectionId = "con_1" } = partial;
  return {
    key: `echo:${connectionId}|${contact}|${contact}|${id}`,
    route: `echo:${connectionId}`,
    orderKey: `echo:${connectionId}|${contact}`,
    workspaceId,
    connectionId,
    type: "message.received",
    at: 1_760_000_000_000,
    data: { messageId: id, contact: { name: contact }, content: { kind: "text", text: "hello" }, raw: { id } },
  };
}
