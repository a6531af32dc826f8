import { EventEmitter } from "node:events";
import { DatabaseSync, type SQLInputValue, type SQLOutputValue } from "node:sqlite";
import type { MessageStatus } from "@wadesk/core";
import type { ChatHead, ChatMessage } from "./chat-message.ts";

/** The application's own table: what was said. WaDesk keeps what it needs to send and to receive, and forgets the words. */
export interface Chats {
  /** Adds a message; one whose id is there already changes nothing. */
  add(message: ChatMessage): void;
  /** Notes by which id of WaDesk's a message went out. */
  sent(id: string, sentId: string): void;
  /** A message has come so far; its status climbs and never falls. */
  moved(by: { readonly id: string } | { readonly sentId: string }, status: MessageStatus, failure?: string): void;
  /** The chats of a workspace, the newest first. */
  heads(workspaceId: string): readonly ChatHead[];
  /** The newest messages of a chat, the oldest of them first. */
  messages(workspaceId: string, chat: string): readonly ChatMessage[];
  message(workspaceId: string, id: string): ChatMessage | undefined;
  /** Calls back with each message that was added or moved, in this process; the answer ends it. */
  watch(workspaceId: string, listener: (message: ChatMessage) => void): () => void;
  close(): void;
}

const LADDER: readonly MessageStatus[] = ["queued", "sent", "delivered", "read", "played"];
const SHOWN = 200;

/** Opens the table in a file of its own, with the first call; without a file it is kept in memory. */
export function openChats(file = ":memory:"): Chats {
  let database: DatabaseSync | undefined;
  const opened = (): DatabaseSync => {
    database ??= create(file);
    return database;
  };
  const changes = new EventEmitter<Record<string, [message: ChatMessage]>>().setMaxListeners(0);
  const tell = (row: Row | undefined): void => {
    if (row !== undefined) changes.emit(messageOf(row).workspaceId, messageOf(row));
  };
  return {
    add(message) {
      const values = valuesOf(message);
      const { changes: added } = opened()
        .prepare(`INSERT OR IGNORE INTO messages VALUES (${values.map(() => "?").join(", ")}, NULL, NULL)`)
        .run(...values);
      if (added > 0) changes.emit(message.workspaceId, message);
    },
    sent(id, sentId) {
      opened().prepare("UPDATE messages SET sent_id = ? WHERE id = ?").run(sentId, id);
    },
    moved(by, status, failure) {
      const [column, value] = "id" in by ? ["id", by.id] : ["sent_id", by.sentId];
      const row = opened().prepare(`SELECT * FROM messages WHERE ${column} = ?`).get(value);
      if (row === undefined || !isHigher(status, row.status)) return;
      const updated = opened().prepare("UPDATE messages SET status = ?, failure = ? WHERE id = ? RETURNING *");
      tell(updated.get(status, failure ?? null, row.id ?? null));
    },
    heads: (workspaceId) =>
      opened()
        .prepare(
          `SELECT chat, text, MAX(at) AS at, (SELECT name FROM messages AS named WHERE named.workspace = messages.workspace
             AND named.chat = messages.chat AND name IS NOT NULL ORDER BY at DESC LIMIT 1) AS name
           FROM messages WHERE workspace = ? GROUP BY chat ORDER BY at DESC LIMIT ?`,
        )
        .all(workspaceId, SHOWN)
        .map(({ chat, name, text, at }) => ({ chat: `${chat}`, name: `${name ?? chat}`, text: `${text}`, at: Number(at) })),
    messages: (workspaceId, chat) =>
      opened()
        .prepare("SELECT * FROM messages WHERE workspace = ? AND chat = ? ORDER BY at DESC, rowid DESC LIMIT ?")
        .all(workspaceId, chat, SHOWN)
        .map(messageOf)
        .reverse(),
    message(workspaceId, id) {
      const row = opened().prepare("SELECT * FROM messages WHERE workspace = ? AND id = ?").get(workspaceId, id);
      return row && messageOf(row);
    },
    watch(workspaceId, listener) {
      changes.on(workspaceId, listener);
      return () => void changes.off(workspaceId, listener);
    },
    close() {
      database?.close();
      database = undefined;
    },
  };
}

type Row = Readonly<Record<string, SQLOutputValue>>;

function create(file: string): DatabaseSync {
  const database = new DatabaseSync(file);
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA busy_timeout = 5000;
    CREATE TABLE IF NOT EXISTS messages (
      id TEXT PRIMARY KEY, workspace TEXT NOT NULL, chat TEXT NOT NULL, name TEXT, "to" TEXT NOT NULL, ours INTEGER NOT NULL, kind TEXT NOT NULL,
      text TEXT NOT NULL, media TEXT, bytes BLOB, at INTEGER NOT NULL, status TEXT, failure TEXT, sent_id TEXT) STRICT;
    CREATE INDEX IF NOT EXISTS messages_of_chat ON messages (workspace, chat, at);
    CREATE INDEX IF NOT EXISTS messages_by_sent_id ON messages (sent_id);`);
  return database;
}

// in the order of the columns
function valuesOf(message: ChatMessage): readonly SQLInputValue[] {
  const { id, workspaceId, chat, name, to, isOurs, kind, text, picture, at, status } = message;
  const [media, bytes] = picture === undefined ? [] : "bytes" in picture ? [{ mimeType: picture.mimeType }, picture.bytes] : [picture];
  const stored = [media === undefined ? null : JSON.stringify(media), bytes ?? null] as const;
  return [id, workspaceId, chat, name ?? null, JSON.stringify(to), isOurs ? 1 : 0, kind, text, ...stored, at, status ?? null];
}

function messageOf(row: Row): ChatMessage {
  const media = row.media === null ? undefined : JSON.parse(`${row.media}`);
  const picture = row.bytes instanceof Uint8Array ? { bytes: row.bytes, mimeType: `${media?.mimeType}` } : media;
  return {
    id: `${row.id}`,
    workspaceId: `${row.workspace}`,
    chat: `${row.chat}`,
    name: row.name === null ? undefined : `${row.name}`,
    to: JSON.parse(`${row.to}`),
    isOurs: row.ours === 1,
    kind: `${row.kind}`,
    text: `${row.text}`,
    ...(picture !== undefined && { picture }),
    at: Number(row.at),
    ...(typeof row.status === "string" && { status: row.status as MessageStatus }),
    ...(typeof row.failure === "string" && { failure: row.failure }),
  };
}

// a failure counts as long as nobody has got the message
function isHigher(status: MessageStatus, standing: unknown): boolean {
  if (standing === "failed") return false;
  const at = LADDER.findIndex((step) => step === standing);
  return status === "failed" ? at < LADDER.indexOf("delivered") : LADDER.indexOf(status) > at;
}
