import { DatabaseSync } from "node:sqlite";
import { isWadeskError } from "@wadesk/core";
import type { InboxStore } from "@wadesk/core/ports";
import { receivedText } from "@wadesk/testing";
import { afterAll, describe, expect, it } from "vitest";
import { postgresStorage } from "../postgres/postgres-storage.ts";
import { sqliteStorage } from "../sqlite/sqlite-storage.ts";
import { postgresIsAway, temporaryFolder, testSchemas } from "../testing/open-databases.ts";

const away = await postgresIsAway();
const schemas = testSchemas();
const folder = await temporaryFolder();
afterAll(async () => {
  if (away === undefined) await schemas.remove();
  await folder.remove();
});

/** Adds one event by a call of its own. */
const add = (inbox: InboxStore, key: string): Promise<string> =>
  inbox.add([receivedText({ key, orderKey: key })]).then(
    (fresh) => `${fresh.length} new`,
    (error: unknown) => (isWadeskError(error, "storage_unavailable") ? "unavailable" : "refused"),
  );
const addAll = (inbox: InboxStore, keys: readonly string[]): Promise<string[]> => Promise.all(keys.map((key) => add(inbox, key)));

describe("an event that the database refuses", () => {
  it("fails alone on SQLite, though it was written with others", async () => {
    const database = new DatabaseSync(":memory:");
    const { inbox, open } = sqliteStorage({ database });
    await open();
    database.exec("create trigger refusing before insert on wadesk_inbox when new.key = 'bad' begin select raise(abort, 'bad'); end");
    expect(await addAll(inbox, ["a", "bad", "c"])).toEqual(["1 new", "refused", "1 new"]);
    expect(await inbox.counts()).toMatchObject({ waiting: 2 });
  });

  it.skipIf(away !== undefined)(
    `fails alone on PostgreSQL, though it was written with others${away === undefined ? "" : ` (${away})`}`,
    async () => {
      const schema = schemas.fresh();
      const { inbox, open } = postgresStorage({ pool: schemas.pool, schema });
      await open();
      await schemas.pool.query(`alter table ${schema}.wadesk_inbox add check (key <> 'bad')`);
      expect(await addAll(inbox, ["a", "bad", "c"])).toEqual(["1 new", "refused", "1 new"]);
      expect(await inbox.counts()).toMatchObject({ waiting: 2 });
    },
  );

  it("is kept in the texts of what cannot be written as JSON", async () => {
    const { inbox } = sqliteStorage(":memory:");
    const endless = { ...receivedText({ key: "bad" }), data: { count: 1n } as never };
    expect(await inbox.add([endless])).toEqual([endless]);
    expect(await inbox.claim({ owner: "a", limit: 1, leaseMs: 1, now: 0 })).toMatchObject([
      { event: { key: "bad", data: { count: "1" } } },
    ]);
  });
});

describe("an inbox whose database is locked by somebody else", () => {
  it("rejects everything that waits, half of nothing stays, and goes on when it is free", async () => {
    const path = folder.path("locked.db");
    const database = new DatabaseSync(path, { timeout: 0 });
    const { inbox, open } = sqliteStorage({ database });
    await open();
    await add(inbox, "before");
    const [claim] = await inbox.claim({ owner: "a", limit: 1, leaseMs: 1000, now: 0 });
    const other = new DatabaseSync(path, { timeout: 0 });
    other.exec("begin immediate");
    const keys = Array.from({ length: 1200 }, (_, index) => `key ${index}`);
    const answers = await addAll(inbox, keys);
    expect(new Set(answers)).toEqual(new Set(["unavailable"]));
    await expect(inbox.done(claim as never, 0)).rejects.toMatchObject({ code: "storage_unavailable" });
    other.exec("rollback");
    other.close();
    expect(await inbox.counts()).toEqual({ waiting: 0, running: 1, done: 0, dead: 0 });
    expect(await inbox.done(claim as never, 0)).toBe(true);
    expect(new Set(await addAll(inbox, keys))).toEqual(new Set(["1 new"]));
    database.close();
  });
});
