import { DatabaseSync } from "node:sqlite";
import { cloudApi } from "@wadesk/cloud-api";
import { createWadesk, type Storage } from "@wadesk/core";
import { postgresStorage } from "@wadesk/storage/postgres";
import { sqliteStorage } from "@wadesk/storage/sqlite";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { postgresIsAway, testSchemas } from "../../packages/storage/src/testing/open-databases.ts";
import { ENCRYPTION_KEYS, openWorld } from "./world/open-world.ts";

const away = await postgresIsAway();
if (away) console.warn(`skipped: ${away}`);
const schemas = testSchemas();
afterAll(async () => {
  if (away === undefined) await schemas.remove();
});

interface Database {
  readonly storage: Storage;
  /** Puts a text in place of another in the JSON of every connection, as the row lies in its table. */
  readonly rewrite: (from: string, to: string) => Promise<void>;
}

const OPEN: Readonly<Record<string, () => Database>> = {
  SQLite() {
    const database = new DatabaseSync(":memory:");
    return {
      storage: sqliteStorage({ database }),
      rewrite: async (from, to) => void database.prepare("update wadesk_connections set data = replace(data, ?, ?)").run(from, to),
    };
  },
  PostgreSQL() {
    const schema = schemas.fresh();
    return {
      storage: postgresStorage({ pool: schemas.pool, schema }),
      rewrite: async (from, to) =>
        void (await schemas.pool.query(`update ${schema}.wadesk_connections set data = replace(data, $1, $2)`, [from, to])),
    };
  },
};
const KINDS = Object.keys(OPEN).filter((kind) => kind === "SQLite" || away === undefined);
const OLD = ["The access token expires on 2026-01-01 09:00 UTC, and sending stops then.", 'white space around "wabaId" was removed'];

describe.each(KINDS)("a connection that %s has kept since warnings were texts", (kind) => {
  it("is read with those texts under one code wherever it is read, until a check says its warnings anew", async () => {
    const { app, account, graphUrl } = await openWorld();
    const { storage, rewrite } = (OPEN[kind] as () => Database)();
    const channels = [cloudApi({ graphUrl, retryDelayMs: 1, appSecret: app.secret })];
    const wadesk = createWadesk({ channels, storage, encryptionKeys: ENCRYPTION_KEYS });
    onTestFinished(async () => {
      await wadesk.stop();
      await storage.close?.();
    });
    await wadesk.start();
    const acme = wadesk.workspace("acme");
    const { id, warnings: now } = await acme.connect("cloud-api", account.input);
    expect(now).toMatchObject([{ code: "app_id_missing" }]);
    const { changes } = await acme.list();
    await acme.rename(id, "Till");

    await rewrite(`"warnings":${JSON.stringify(now)}`, `"warnings":${JSON.stringify(OLD)}`);
    const warnings = OLD.map((text) => ({ code: "text", text }));
    expect((await acme.get(id)).warnings).toEqual(warnings);
    expect((await acme.list()).items[0]?.warnings).toEqual(warnings);
    expect((await acme.changedSince(changes)).changed[0]?.warnings).toEqual(warnings);
    expect((await acme.rename(id, "Counter")).warnings).toEqual(warnings);
    expect((await acme.check(id)).warnings).toEqual(now);
  });
});
