import type { Connection, MessageRow, OwnedEvent } from "@wadesk/core";

const AT = Date.UTC(2026, 0, 1);

/** A connection as a storage keeps it: a connected Cloud API number of workspace `acme`, but for what is given. */
export function connectionOf(partial: Partial<Connection> = {}): Connection {
  const id = partial.id ?? "connection-1";
  const channel = partial.channel ?? "cloud-api";
  return {
    id,
    workspaceId: "acme",
    channel,
    route: `${channel}:${id}`,
    label: "Test Shop",
    phone: "+15550100001",
    region: "US",
    primary: true,
    status: { state: "connected", since: AT },
    details: {},
    warnings: [],
    createdAt: AT,
    connectedAt: AT,
    epoch: 1,
    version: 1,
    ...partial,
  };
}

/** What a test may say about a text that came in. */
export type ReceivedTextOptions = Partial<Pick<OwnedEvent, "key" | "route" | "orderKey" | "at" | "workspaceId" | "connectionId">> & {
  /** The vendor's, part of `key`; `wamid.1` where absent, so that two are one message to the inbox. */
  readonly messageId?: string;
  /** Who wrote, E.164 with the plus; `+5511999990000` where absent. */
  readonly phone?: string;
  /** `Hello` where absent. */
  readonly text?: string;
};

/** A text that came in, as the inbox keeps it: of `connection-1` of workspace `acme`, but for what is given. */
export function receivedText(partial: ReceivedTextOptions = {}): OwnedEvent {
  const { messageId = "wamid.1", phone = "+5511999990000", text = "Hello", ...own } = partial;
  const connectionId = own.connectionId ?? "connection-1";
  const route = own.route ?? `cloud-api:${connectionId}`;
  return {
    key: `${route}|${phone}|${phone}|${messageId}`,
    orderKey: `${route}|${phone}`,
    at: AT,
    workspaceId: "acme",
    ...own,
    route,
    connectionId,
    type: "message.received",
    data: { messageId, contact: { phone, name: "Ana Souza" }, content: { kind: "text", text }, raw: {} },
  };
}

/** A sent message as a storage keeps it: accepted, of `connection-1` of workspace `acme`, but for what is given. */
export function messageRowOf(partial: Partial<MessageRow> = {}): MessageRow {
  return {
    id: "msg_1",
    workspaceId: "acme",
    connectionId: "connection-1",
    to: { phone: "+5511999990000" },
    fingerprint: "fingerprint-1",
    createdAt: AT,
    receipt: { providerId: "wamid.sent-1", acceptedAt: AT },
    status: "queued",
    statusAt: AT,
    ...partial,
  };
}
