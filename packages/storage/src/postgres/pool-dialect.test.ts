import { Kysely, sql } from "kysely";
import pg from "pg";
import { afterAll, describe, expect, it } from "vitest";
import { POSTGRES_URL, postgresIsAway } from "../testing/open-databases.ts";
import { accessTo } from "./access.ts";
import { poolDialect } from "./pool-dialect.ts";
import { postgresFaults } from "./postgres-faults.ts";
import type { PostgresClient } from "./postgres-pool.ts";

it("a transaction whose connection no longer answers is over at once, and the connection goes", async () => {
  const asked: string[] = [];
  const released: unknown[] = [];
  const client: PostgresClient = {
    async query({ text }) {
      asked.push(text);
      if (text !== "begin") throw new Error("Query read timeout");
      return { command: "BEGIN", rowCount: null, rows: [] };
    },
    release: (destroy) => void released.push(destroy),
    on: () => {},
    removeListener: () => {},
  };
  const pool = { connect: async () => client, on: () => {}, removeListener: () => {} };
  const kysely = new Kysely<unknown>({ dialect: await poolDialect(pool, { limitMs: 100, tellServer: false }) });
  const work = kysely.transaction().execute((transaction) => sql`select 1`.execute(transaction));
  await expect(work).rejects.toThrow("Query read timeout");
  // a ROLLBACK would wait behind the statement
  expect([asked, released]).toEqual([["begin", "select 1"], [true]]);
});

const away = await postgresIsAway();
describe.skipIf(away)(away ?? "a pool with limits", () => {
  const pools: pg.Pool[] = [];
  afterAll(() => Promise.all(pools.map((pool) => pool.end())));
  const openPool = (max: number): pg.Pool => {
    const pool = new pg.Pool({ connectionString: POSTGRES_URL, max });
    pools.push(pool);
    return pool;
  };

  it("gives up a statement whose answer does not come, and the connection with it", async () => {
    const pool = openPool(1);
    const kysely = new Kysely<unknown>({ dialect: await poolDialect(pool, { limitMs: 100, tellServer: false }) });
    const error: unknown = await sql`select pg_sleep(60)`.execute(kysely).catch((reason: unknown) => reason);
    expect(postgresFaults.explain(error)).toContain("did not answer in time");
    expect(pool.totalCount).toBe(0);
    expect((await sql`select 1 as one`.execute(kysely)).rows).toEqual([{ one: 1 }]);
  });

  it("keeps the connection when the server itself refused", async () => {
    const pool = openPool(1);
    const kysely = new Kysely<unknown>({ dialect: await poolDialect(pool, { limitMs: 5000, tellServer: false }) });
    const pid = async (): Promise<unknown> => (await sql`select pg_backend_pid() as pid`.execute(kysely)).rows[0];
    const before = await pid();
    await expect(sql`select nothing from nowhere`.execute(kysely)).rejects.toThrow("nowhere");
    expect(await pid()).toEqual(before);
  });

  it("tells the server of its limit, so that nothing is held for a process that is gone", async () => {
    const kysely = new Kysely<unknown>({ dialect: await poolDialect(openPool(1), { limitMs: 7000, tellServer: true }) });
    const names = ["statement_timeout", "idle_in_transaction_session_timeout"];
    for (const name of names) {
      const { rows } = await sql<{ setting: string }>`select current_setting(${name}) as setting`.execute(kysely);
      expect(rows).toEqual([{ setting: "7s" }]);
    }
  });

  it("waits for the disk though the database's own setting does not, and leaves what waits for more", async () => {
    const settings: string[] = [];
    for (const setting of ["off", "remote_apply"]) {
      const url = new URL(POSTGRES_URL);
      url.searchParams.set("options", `-c synchronous_commit=${setting}`);
      const access = await accessTo({ url: url.href, connections: 1 });
      const kysely = new Kysely<unknown>({ dialect: access.dialect });
      const { rows } = await sql<{ setting: string }>`select current_setting('synchronous_commit') as setting`.execute(kysely);
      settings.push(rows[0]?.setting ?? "");
      await access.end();
    }
    expect(settings).toEqual(["on", "remote_apply"]);
  });

  it("leaves the session alone where a pooler may hand it on to others", async () => {
    const access = await accessTo({ url: POSTGRES_URL, connections: 1, listen: false });
    const kysely = new Kysely<unknown>({ dialect: access.dialect });
    const { rows } = await sql<{ setting: string }>`select current_setting('statement_timeout') as setting`.execute(kysely);
    await access.end();
    expect(rows).toEqual([{ setting: "0" }]);
  });

  it("keeps the only connection of a pool for the statements, and says so", async () => {
    const access = await accessTo({ pool: openPool(1) });
    await expect(access.listen?.("channel", () => {})).rejects.toThrow("the pool has one connection");
    await access.end();
  });
});
