import type { Storage } from "@wadesk/core";
import { drizzleConnections } from "./connections.ts";
import type { Database } from "./database.ts";
import { drizzleInbox } from "./inbox.ts";
import { drizzleInboxUpkeep } from "./inbox-upkeep.ts";
import { drizzleMessages } from "./messages.ts";
import { drizzleLeases, drizzleRecords } from "./records.ts";
import { drizzleSessions } from "./sessions.ts";

/** WaDesk's storage in the application's own PostgreSQL, through its own Drizzle. The tables are in `schema.ts`. */
export function drizzleStorage(db: Database, { now = Date.now }: { readonly now?: () => number } = {}): Storage {
  return {
    durable: true,
    connections: drizzleConnections(db),
    messages: drizzleMessages(db),
    inbox: { ...drizzleInbox(db), ...drizzleInboxUpkeep(db) },
    records: drizzleRecords(db, now),
    leases: drizzleLeases(db, now),
    sessions: drizzleSessions(db, now),
    // the database is the application's, which closes it
    close: async () => {},
  };
}
