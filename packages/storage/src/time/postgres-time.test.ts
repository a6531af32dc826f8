import { receivedText } from "@wadesk/testing";
import { afterAll, describe, expect, it } from "vitest";
import type { PostgresClient, PostgresPool } from "../postgres/postgres-pool.ts";
import { postgresStorage } from "../postgres/postgres-storage.ts";
import { sqliteStorage } from "../sqlite/sqlite-storage.ts";
import { postgresIsAway, testSchemas } from "../testing/open-databases.ts";

const away = await postgresIsAway();

/** A pool that notes what is asked. */
function watched(pool: PostgresPool, asked: string[]): PostgresPool {
  const known = new WeakMap<PostgresClient, PostgresClient>();
  return {
    on: (event, listener) => pool.on(event, listener),
    removeListener: (event, listener) => pool.removeListener(event, listener),
    async connect() {
      const client = await pool.connect();
      const query: PostgresClient["query"] = (request) => {
        asked.push(request.text);
        return client.query(request);
      };
      const proxy =
        known.get(client) ?? new Proxy(client, { get: (target, name) => (name === "query" ? query : Reflect.get(target, name)) });
      known.set(client, proxy);
      return proxy;
    },
  };
}

describe.skipIf(away)(away ?? "the time of a storage in PostgreSQL", () => {
  const schemas = testSchemas();
  afterAll(schemas.remove);

  it("is the database's, is known once it is open, and no webhook asks for it", async () => {
    const asked: string[] = [];
    const pool = watched(schemas.pool as unknown as PostgresPool, asked);
    const storage = postgresStorage({ pool, schema: schemas.fresh(), listen: false });
    await storage.open();
    expect(asked.filter((text) => text.includes("clock_timestamp"))).toHaveLength(1);
    asked.length = 0;
    for (let turn = 0; turn < 20; turn += 1) {
      await storage.inbox.add([receivedText({ messageId: String(turn) })]);
      storage.now?.();
    }
    expect([asked.length, asked.filter((text) => text.includes("clock_timestamp")).length]).toEqual([20, 0]);
    const { rows } = await schemas.pool.query<{ now: string }>("select extract(epoch from clock_timestamp()) * 1000 as now");
    // what lies between the two questions
    expect(Math.abs((storage.now?.() ?? 0) - Number(rows[0]?.now))).toBeLessThan(2000);
    await storage.close();
  });

  it("is known to the first lease, though nothing opened the storage before", async () => {
    const schema = schemas.fresh();
    const asked: string[] = [];
    const storage = postgresStorage({ pool: watched(schemas.pool as unknown as PostgresPool, asked), schema, listen: false });
    await storage.leases.acquire("name", "me", 1000);
    const order = asked.filter((text) => /clock_timestamp|insert into .*leases/.test(text)).map((text) => text.includes("clock_timestamp"));
    expect(order).toEqual([true, false]);
    await storage.close();
  });

  it("is what it is told in a test", async () => {
    const storage = postgresStorage({
      pool: schemas.pool as unknown as PostgresPool,
      schema: schemas.fresh(),
      listen: false,
      now: () => 5.5,
    });
    expect(storage.now?.()).toBe(5);
    await storage.close();
  });
});

it("a storage in SQLite goes by its machine's time", () => {
  expect(sqliteStorage(":memory:").now).toBeUndefined();
});
