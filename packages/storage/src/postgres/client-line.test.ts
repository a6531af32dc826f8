import { connectionOf, receivedText } from "@wadesk/testing";
import { afterAll, describe, expect, it } from "vitest";
import { channelOf } from "../migrations/schema-words.ts";
import { POSTGRES_URL, postgresIsAway, testSchemas } from "../testing/open-databases.ts";
import { postgresStorage } from "./postgres-storage.ts";

describe("a schema's channel", () => {
  it("is a plain name of at most 63 bytes, and another for every schema", () => {
    const schemas = ["public", "Public", "a b", 'a"b', "ß", "x".repeat(63), `${"x".repeat(62)}y`];
    const channels = schemas.map(channelOf);
    expect(new Set(channels).size).toBe(schemas.length);
    for (const channel of channels) expect(channel).toMatch(/^[a-z0-9_]{1,63}$/);
  });
});

const away = await postgresIsAway();
describe.skipIf(away)(away ?? "listening in PostgreSQL", () => {
  const schemas = testSchemas();
  afterAll(schemas.remove);

  it.each(["url", "pool"] as const)("hears of another process's events by %s, and again after its connection was ended", async (way) => {
    const schema = schemas.fresh();
    const listening = postgresStorage({ ...(way === "url" ? { url: POSTGRES_URL } : { pool: schemas.pool }), schema });
    const other = postgresStorage({ pool: schemas.pool, schema, listen: false });
    const neighbour = postgresStorage({ pool: schemas.pool, schema: schemas.fresh(), listen: false });
    expect(other.changes).toBeUndefined();
    let heard = 0;
    const stop = await listening.changes?.subscribe({ topic: "inbox" }, () => {
      heard += 1;
    });
    await neighbour.inbox.add([receivedText()]);
    await other.connections.insert(connectionOf());
    await other.inbox.add([receivedText({ messageId: "1" })]);
    await expect.poll(() => heard).toBe(1);

    const ended = "select pg_terminate_backend(pid) from pg_stat_activity where query ilike $1 and pid <> pg_backend_pid()";
    await schemas.pool.query(ended, [`listen "${channelOf(schema)}"`]);
    await expect.poll(() => heard).toBe(2);
    await other.inbox.add([receivedText({ messageId: "2" })]);
    await expect.poll(() => heard).toBe(3);
    await stop?.();
    await Promise.all([listening.close(), other.close(), neighbour.close()]);
  });
});
