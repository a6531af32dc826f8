import { DatabaseSync } from "node:sqlite";
import { connectionOf } from "@wadesk/testing";
import { expect, it } from "vitest";
import { sqliteMigrations } from "../sqlite/sqlite-migrations.ts";
import { sqliteStorage } from "../sqlite/sqlite-storage.ts";

it("connections from before there were searches are found, and a list of them goes on by what changes", async () => {
  const database = new DatabaseSync(":memory:");
  const script = await sqliteMigrations();
  const before = script.slice(0, script.indexOf("alter table wadesk_connections add column searched"));
  expect(before.length).toBeLessThan(script.length);
  database.exec(`${before}commit;`);
  for (const [index, label] of ["Sales LINE", "Support"].entries()) {
    const row = connectionOf({ id: `con_${index}`, label, createdAt: index });
    database
      .prepare(
        `insert into wadesk_connections (id, workspace_id, channel, route, state, is_primary, epoch, version, created_at, seen_at, data)
         values (?, 'acme', 'cloud-api', ?, 'connected', 0, 1, 1, ?, 1, ?)`,
      )
      .run(row.id, row.route, index, JSON.stringify(row));
  }
  const storage = sqliteStorage({ database });
  await storage.migrate();
  const { connections } = storage;
  const found = await connections.list("acme", { search: "line" }, { limit: 1 });
  expect(found.items.map(({ id }) => id)).toEqual(["con_0"]);
  expect((await connections.list("acme", { search: "support" }, { limit: 1 })).items.map(({ id }) => id)).toEqual(["con_1"]);
  const { cursor } = await connections.counts("acme", {});
  expect(await connections.changedSince("acme", cursor, 9)).toMatchObject({ changed: [], removed: [] });
  expect((await connections.changedSince("acme", "0", 9))?.changed).toHaveLength(2);
  await connections.delete("acme", "con_0");
  expect(await connections.changedSince("acme", cursor, 9)).toMatchObject({ changed: [], removed: ["con_0"] });
  await storage.close();
});
