import type { Connection, ConnectionState, FailureData, MessageRow } from "@wadesk/core";
import type { InboxState, SendReceipt, SessionPlace } from "@wadesk/core/ports";
import { sql } from "drizzle-orm";
import { boolean, index, integer, pgEnum, pgSequence, pgTableCreator, primaryKey, text, unique, uniqueIndex } from "drizzle-orm/pg-core";
import { bytes, hashOf, json, key, sortable, whole } from "./columns.ts";

const table = pgTableCreator((name) => `wadesk_${name}`);

// #region connections
/** What changes by itself, without a new version, has a column of its own; the rest is in `row`. */
export type StoredConnection = Omit<Connection, "primary" | "version" | "lastSeenAt">;

/** One row for each connection; what secrets it has are sealed, in `records`. */
export const connections = table(
  "connections",
  {
    id: key().primaryKey(),
    workspaceId: key("workspace_id").notNull(),
    channel: key().notNull(),
    route: key().notNull().unique(),
    account: key(),
    region: key(),
    state: text().$type<ConnectionState>().notNull(),
    since: whole("since").notNull(),
    lastSeenAt: whole("last_seen_at"),
    createdAt: whole("created_at").notNull(),
    epoch: integer().notNull(),
    version: integer().notNull(),
    primary: boolean().notNull(),
    /** What a search looks through. Empty in a row that was written before there were searches, until it is written again. */
    searched: text().notNull().default(""),
    row: json<StoredConnection>("row").notNull(),
  },
  (self) => [
    index().on(self.workspaceId, self.createdAt, self.id),
    index().on(self.account),
    index("wadesk_connections_silence")
      .on(self.channel, sql`coalesce(${self.lastSeenAt}, ${self.since})`)
      .where(sql`${self.state} = 'connected'`),
    uniqueIndex().on(self.workspaceId, self.channel).where(sql`${self.primary}`),
  ],
);
/** How many changes each workspace had: the lock of those who number them. */
export const changeCounts = table("change_counts", {
  workspaceId: key("workspace_id").primaryKey(),
  last: whole("last").notNull(),
  removals: whole("removals").notNull(),
  /** Not all changes up to this one are remembered. */
  forgotten: whole("forgotten").notNull(),
});

/** The last change of each connection, also of those that were removed. */
export const connectionChanges = table(
  "connection_changes",
  {
    workspaceId: key("workspace_id").notNull(),
    connectionId: key("connection_id").notNull(),
    name: json<string>("name").notNull(),
    change: whole("change").notNull(),
    /** Counts the removals of a workspace; 0 while the connection stands. */
    removal: whole("removal").notNull(),
  },
  (self) => [primaryKey({ columns: [self.workspaceId, self.connectionId] }), uniqueIndex().on(self.workspaceId, self.change)],
);
// #endregion connections

// #region messages
/** In the order of the ladder, by which PostgreSQL compares them. */
export const messageStatus = pgEnum("wadesk_message_status", ["queued", "sent", "failed", "delivered", "read", "played"]);

/** One row for each message that was sent. */
export const messages = table(
  "messages",
  {
    id: key().primaryKey(),
    workspaceId: key("workspace_id").notNull(),
    connectionId: key("connection_id").notNull(),
    idempotencyKey: key("idempotency_key"),
    createdAt: whole("created_at").notNull(),
    /** Nothing was handed to a vendor yet. */
    waiting: boolean().notNull().default(false),
    row: json<Omit<MessageRow, "receipt" | "waiting">>("row").notNull(),
    receipt: json<SendReceipt>("receipt"),
  },
  (self) => [
    unique().on(self.workspaceId, self.idempotencyKey),
    index().on(self.workspaceId, self.createdAt, self.id),
    index().on(self.createdAt),
  ],
);

/** How far each message got, by the vendor's id: a status may come before the message's own row. */
export const standings = table(
  "standings",
  {
    connectionId: key("connection_id").notNull(),
    providerId: key("provider_id").notNull(),
    messageId: key("message_id").references(() => messages.id, { onDelete: "cascade" }),
    status: messageStatus().notNull(),
    at: whole("at").notNull(),
    failure: json<FailureData>("failure"),
  },
  (self) => [
    primaryKey({ columns: [self.connectionId, self.providerId] }),
    uniqueIndex().on(self.messageId),
    index().on(self.at).where(sql`${self.messageId} is null`),
  ],
);
// #endregion messages

// #region inbox
/** Gives positions and tokens: each is higher than those before. */
export const counter = pgSequence("wadesk_counter");

/** One row for each event, until its key is forgotten. */
export const inbox = table(
  "inbox",
  {
    key: key().primaryKey(),
    position: whole("position").notNull(),
    workspaceId: key("workspace_id").notNull(),
    connectionId: key("connection_id").notNull(),
    orderKey: key("order_key").notNull(),
    type: text().notNull(),
    state: text().$type<Exclude<InboxState, "absent">>().notNull(),
    attempt: integer().notNull(),
    /** Attempts whose lease ended while others ran beside them. */
    deaths: integer().notNull().default(0),
    endedAt: whole("ended_at"),
    reason: text(),
    /** JSON, read with care. Gone once the event is done. */
    event: text(),
  },
  (self) => [
    index().on(self.orderKey, self.position).where(sql`${self.state} in ('waiting', 'running')`),
    index().on(self.workspaceId, self.position),
    index().on(self.state, self.endedAt),
  ],
);

/** One row for each contact with open events. It is the contact's lock, and the lease of whoever works on its first event. */
export const queues = table(
  "inbox_queues",
  {
    orderKey: key("order_key").primaryKey(),
    /** Whose turn its first event takes, and their numbers, in whose order claims go round. */
    workspaceId: key("workspace_id").notNull().default(""),
    connectionId: key("connection_id").notNull().default(""),
    lane: hashOf("lane", "workspace_id"),
    line: hashOf("line", "connection_id"),
    /** The order among those of one connection. */
    turn: whole("turn").notNull().default(0),
    /** When its first event may be claimed, 0 for at once, or when the lease ends. */
    dueAt: whole("due_at").notNull(),
    /** Of the claim that holds it. */
    token: whole("token"),
    /** The claim's event runs with nothing beside it. */
    alone: boolean().notNull().default(false),
    /** What the same person's queue is called by their phone alone: it comes first, and what is added under that name goes here. */
    behind: key(),
  },
  (self) => [
    index().on(self.dueAt),
    index("wadesk_inbox_queues_ready").on(self.lane, self.line, self.turn).where(sql`${self.dueAt} = 0`),
    index("wadesk_inbox_queues_turn").on(self.turn).where(sql`${self.dueAt} = 0`),
    index("wadesk_inbox_queues_held").on(self.dueAt).where(sql`${self.token} is not null`),
    index("wadesk_inbox_queues_behind").on(self.behind).where(sql`${self.behind} is not null`),
  ],
);
// #endregion inbox

// #region records
/** Small values, sealed where they are secret. */
export const records = table(
  "records",
  {
    /** Of namespace and key together. */
    id: key().primaryKey(),
    place: json<readonly [namespace: string, key: string]>("place").notNull(),
    /** As it is searched by its beginning. */
    namespace: text().notNull(),
    /** The key as it is sorted, and searched by its beginning. */
    name: sortable().notNull().default(""),
    value: bytes().notNull(),
    expiresAt: whole("expires_at"),
  },
  (self) => [
    index("wadesk_records_namespace").using("btree", sql`left(${self.namespace}, 100) text_pattern_ops`),
    index().on(self.expiresAt),
  ],
);

/** One row for each name that was ever locked. */
export const leases = table("leases", {
  name: key().primaryKey(),
  token: whole("token").notNull(),
  owner: json<string>("owner").notNull(),
  /** Zero once it was released. The row stays, so that tokens only climb. */
  until: whole("until").notNull(),
});

/** One heartbeat for each process that keeps sessions open. */
export const sessionProcesses = table("session_processes", {
  name: key().primaryKey(),
  process: json<string>("process").notNull(),
  kinds: json<readonly string[]>("kinds").notNull(),
  until: whole("until").notNull(),
});

/** One row for each connection that has a session, and who holds it. */
export const sessions = table(
  "sessions",
  {
    connectionId: key("connection_id").primaryKey(),
    place: json<SessionPlace>("place").notNull(),
    kind: key().notNull(),
    wanted: boolean().notNull(),
    process: key(),
    token: whole("token").notNull(),
  },
  (self) => [
    index("wadesk_sessions_free").on(self.kind, self.connectionId).where(sql`${self.process} is null and ${self.wanted}`),
    index("wadesk_sessions_held").on(self.process, self.kind).where(sql`${self.process} is not null`),
  ],
);
// #endregion records
