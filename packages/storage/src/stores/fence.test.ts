import type { Fence } from "@wadesk/core/ports";
import { afterAll, describe, expect, it } from "vitest";
import { postgresStorage } from "../postgres/postgres-storage.ts";
import { postgresIsAway, testSchemas } from "../testing/open-databases.ts";

const away = await postgresIsAway();
describe.skipIf(away)(away ?? "a fence in PostgreSQL", () => {
  const schemas = testSchemas();
  afterAll(schemas.remove);
  const one = (text: string) => new Map([["key", { value: new TextEncoder().encode(text) }]]);

  it("makes whoever takes the lease over wait for the write that it let through", async () => {
    let now = 1000;
    const schema = schemas.fresh();
    const storage = postgresStorage({ pool: schemas.pool, schema, now: () => now });
    const fence = (await storage.leases.acquire("session", "former", 100)) as Fence;
    await storage.records.set("n/", one("first"), fence);
    const blocker = await schemas.pool.connect();
    const waiting = async (): Promise<number> =>
      (await schemas.pool.query("select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like $1", [`%${schema}%`])).rows
        .length;
    const order: string[] = [];
    try {
      await blocker.query("begin");
      await blocker.query(`select 1 from ${schema}.wadesk_records for update`);
      // past its check of the fence, held up at its record
      const written = storage.records.set("n/", one("late"), fence).then((result) => order.push(result));
      await expect.poll(waiting).toBe(1);
      now = 2000;
      const taken = storage.leases.acquire("session", "next", 100).then((next) => order.push(`token ${next?.token}`));
      await expect.poll(waiting).toBe(2);
      await blocker.query("commit");
      await Promise.all([written, taken]);
    } finally {
      blocker.release(true);
    }
    expect(order).toEqual(["written", "token 1001"]);
    expect(await storage.records.set("n/", one("too late"), fence)).toBe("fenced");
    await storage.close();
  });
});
