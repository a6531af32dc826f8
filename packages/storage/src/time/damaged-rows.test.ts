import { DatabaseSync } from "node:sqlite";
import { connectionOf, messageRowOf } from "@wadesk/testing";
import { expect, it } from "vitest";
import { sqliteStorage } from "../sqlite/sqlite-storage.ts";

it("rows of SQLite that an earlier version damaged with a vendor's time can be read again", async () => {
  const database = new DatabaseSync(":memory:");
  const before = sqliteStorage({ database });
  const { receipt = { providerId: "wamid.1", acceptedAt: 5 }, ...message } = messageRowOf();
  await before.connections.insert(connectionOf());
  await before.messages.insert(message);
  await before.messages.accept("acme", message.id, receipt);
  await before.messages.advanceStatus({ connectionId: message.connectionId, providerId: receipt.providerId }, "sent", 1);
  await before.records.set("n/", new Map([["key", { value: new Uint8Array([1]), expiresAt: Date.now() + 1e6 }]]));
  await before.close();
  database.exec(`
    delete from wadesk_migrations where name = '0003-primary';
    drop index wadesk_connections_primary;
    update wadesk_standings set at = 4611686018427387904;
    update wadesk_connections set last_seen_at = 4611686018427387904, seen_at = 4611686018427387904;
    update wadesk_records set expires_at = 9223372036854775807`);

  const storage = sqliteStorage({ database });
  expect(await storage.messages.get("acme", message.id)).toMatchObject({ status: "sent", statusAt: Number.MAX_SAFE_INTEGER });
  expect(await storage.connections.get("acme", "connection-1")).toMatchObject({ lastSeenAt: Number.MAX_SAFE_INTEGER });
  expect((await storage.connections.silent("cloud-api", Number.MAX_SAFE_INTEGER, 9)).length).toBeLessThanOrEqual(1);
  expect((await storage.records.scan("n/")).items).toMatchObject([{ expiresAt: Number.MAX_SAFE_INTEGER }]);
  await storage.close();
  database.close();
});
