import { fileURLToPath } from "node:url";
import { PGlite } from "@electric-sql/pglite";
import { storageContract } from "@wadesk/testing/contracts";
import { drizzle } from "drizzle-orm/pglite";
import { migrate } from "drizzle-orm/pglite/migrator";
import { afterAll } from "vitest";
import { connections, inbox, leases, messages, queues, records, sessionProcesses, sessions, standings } from "./schema.ts";
import { drizzleStorage } from "./storage.ts";

const pglite = new PGlite();
const db = drizzle(pglite);
await migrate(db, { migrationsFolder: fileURLToPath(new URL("migrations", import.meta.url)) });
afterAll(() => pglite.close());

storageContract("drizzleStorage", async (time) => {
  for (const table of [connections, standings, messages, inbox, queues, records, leases, sessions, sessionProcesses])
    await db.delete(table);
  return drizzleStorage(db, time);
});
