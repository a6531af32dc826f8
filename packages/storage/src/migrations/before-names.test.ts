import { DatabaseSync } from "node:sqlite";
import type { MessageRow, OwnedEvent } from "@wadesk/core";
import { connectionOf, messageRowOf, receivedText } from "@wadesk/testing";
import { afterAll, describe, expect, it } from "vitest";
import { postgresMigrations } from "../postgres/postgres-migrations.ts";
import { postgresStorage } from "../postgres/postgres-storage.ts";
import { sqliteMigrations } from "../sqlite/sqlite-migrations.ts";
import { sqliteStorage } from "../sqlite/sqlite-storage.ts";
import type { SqlStorage } from "../storage/sql-storage.ts";
import { postgresIsAway, testSchemas } from "../testing/open-databases.ts";
import { literal } from "./schema-words.ts";

const away = await postgresIsAway();
const schemas = testSchemas();
afterAll(async () => {
  if (away === undefined) await schemas.remove();
});
const NOW = 1_000_000;
const PHONE = "cloud-api:connection-1|+5511999990000";

/** A database of the version with three migrations, and a storage of this one on it. */
interface Old {
  readonly storage: SqlStorage;
  readonly run: (sql: string) => Promise<unknown>;
  /** Bytes in SQL, out of their hexadecimals. */
  readonly bytes: (hex: string) => string;
}

/** What the script for an empty database does up to the fourth migration. */
function upToThird(script: string): string {
  const fourth = script.indexOf("add column waiting");
  expect(fourth).toBeGreaterThan(0);
  return `${script.slice(0, script.lastIndexOf("alter table", fourth))}commit;`;
}

const OPEN: Readonly<Record<string, () => Promise<Old>>> = {
  async SQLite() {
    const database = new DatabaseSync(":memory:");
    database.exec(upToThird(await sqliteMigrations()));
    return {
      storage: sqliteStorage({ database, now: () => NOW }),
      run: async (sql) => database.exec(sql),
      bytes: (hex) => `x'${hex}'`,
    };
  },
  async PostgreSQL() {
    const schema = schemas.fresh();
    await schemas.pool.query(upToThird(await postgresMigrations({ schema })));
    await schemas.pool.query(`select setval(pg_get_serial_sequence('${schema}.wadesk_inbox', 'position'), 1000)`);
    return {
      storage: postgresStorage({ pool: schemas.pool, schema, now: () => NOW }),
      run: (sql) => schemas.pool.query(sql.replaceAll("wadesk_", `${schema}.wadesk_`)),
      bytes: (hex) => `'\\x${hex}'`,
    };
  },
};
const KINDS = Object.keys(OPEN).filter((kind) => kind === "SQLite" || away === undefined);

const { primary: _primary, version: _version, ...stored } = connectionOf({ createdAt: 5 });
const message: MessageRow = messageRowOf({ idempotencyKey: "order", createdAt: 7 });
const { receipt, ...unsent } = message;
const event = (key: string): OwnedEvent => receivedText({ key, orderKey: PHONE });

/** Statements as that version wrote them. */
function rows(bytes: Old["bytes"]): readonly string[] {
  const texts = (...values: readonly (string | null)[]): string =>
    values.map((each) => (each === null ? "null" : literal(each))).join(", ");
  const inbox = (position: number, { key, orderKey, type, ...rest }: OwnedEvent, state: string): string => {
    const ended = state === "open" ? "null, null, null" : `3, ${NOW}, ${state === "dead" ? `'"it broke"'` : "null"}`;
    const text = state === "done" ? null : JSON.stringify({ key, orderKey, type, ...rest });
    return `insert into wadesk_inbox (position, key, workspace_id, connection_id, order_key, type, state, event, attempts, ended_at, reason)
      values (${position}, ${texts(key, "acme", "connection-1", orderKey, type, state, text)}, ${ended})`;
  };
  return [
    `insert into wadesk_connections (id, workspace_id, channel, route, account, region, state, is_primary, epoch, version, created_at, last_seen_at, seen_at, data)
      values (${texts("connection-1", "acme", "cloud-api", "cloud-api:connection-1", null, "US", "connected")}, 1, 1, 4, 5, null, 5, ${texts(JSON.stringify(stored))})`,
    `insert into wadesk_messages (workspace_id, id, connection_id, idempotency_key, provider_id, rank, created_at, data, receipt)
      values (${texts("acme", "msg_1", "connection-1", "order", "wamid.sent-1")}, 0, 7, ${texts(JSON.stringify(unsent), JSON.stringify(receipt))})`,
    `insert into wadesk_messages (workspace_id, id, connection_id, idempotency_key, provider_id, rank, created_at, data, receipt)
      values (${texts("acme", "msg_2", "connection-1", null, null)}, 0, 8, ${texts(JSON.stringify({ ...unsent, id: "msg_2", idempotencyKey: undefined }))}, null)`,
    `insert into wadesk_standings (connection_id, provider_id, rank, status, at, failure) values (${texts("connection-1", "wamid.sent-1")}, 3, 'read', 9, null)`,
    ...[
      ["b", "null"],
      ["a", String(NOW + 1)],
      ["over", String(NOW)],
    ].map(
      ([key = "", end]) =>
        `insert into wadesk_records (namespace, key, value, expires_at, name) values (${texts("n/", key)}, ${bytes("0aff")}, ${end}, null)`,
    ),
    `insert into wadesk_leases (name, token, owner, until) values ('held', 7, 'a', ${NOW + 1})`,
    inbox(1, event("done"), "done"),
    inbox(2, event("dead"), "dead"),
    inbox(3, event("first"), "open"),
    inbox(4, event("second"), "open"),
    `insert into wadesk_inbox_queues (order_key, open, due_at, turn, token, head, attempts, lane, line, deaths, alone)
      values (${texts(PHONE)}, 2, ${NOW - 1}, 3, 77, 3, 2, 11, 12, 0, 0)`,
  ];
}

describe.each(KINDS)("a database of the version before names and moves on %s", (kind) => {
  it("is opened, migrated and read: every row of every table is what it was", async () => {
    const { storage, run, bytes } = await (OPEN[kind] as () => Promise<Old>)();
    for (const row of rows(bytes)) await run(row);
    expect(await storage.migrate()).toEqual(["0004-records", "0005-lists", "0006-sessions", "0007-contacts"]);
    const { connections, messages, records, leases, inbox } = storage;
    expect(await connections.get("acme", "connection-1")).toEqual(connectionOf({ createdAt: 5, primary: true, version: 4 }));
    expect((await connections.counts("acme", {})).states).toMatchObject({ connected: 1 });
    expect(await messages.get("acme", "msg_1")).toStrictEqual({ ...message, status: "read", statusAt: 9 });
    expect((await messages.list("acme", { limit: 9 })).items.map(({ id }) => id)).toEqual(["msg_1", "msg_2"]);
    // what may have been handed to the vendor before does not move
    expect(await connections.insert(connectionOf({ id: "connection-2", route: "cloud-api:2" }))).toBe("inserted");
    for (const id of ["msg_1", "msg_2"]) expect(await messages.move("acme", id, "connection-1", "connection-2")).toBe(false);
    expect((await records.list("n/", { limit: 9 })).items).toEqual([{ key: "a", expiresAt: NOW + 1 }, { key: "b" }]);
    expect((await records.get("n/", ["b"])).get("b")).toEqual(new Uint8Array([10, 255]));
    expect(await leases.acquire("held", "b", 1)).toBeUndefined();
    expect([...(await inbox.states(["done", "dead", "first", "second"])).values()]).toEqual(["done", "dead", "running", "waiting"]);
    await storage.close();
  });

  it("keeps the order of a contact that waited by the phone alone, when the id is learnt after the migration", async () => {
    const { storage, run, bytes } = await (OPEN[kind] as () => Promise<Old>)();
    for (const row of rows(bytes)) await run(row);
    const { inbox } = storage;
    await inbox.add([{ ...receivedText({ key: "both", orderKey: "cloud-api:connection-1|BR.1" }), phoneOrderKey: PHONE }, event("third")]);
    const handled: string[][] = [];
    for (let round = 0; round < 9; round += 1) {
      const claims = await inbox.claim({ owner: "a", limit: 9, leaseMs: 1000, now: NOW });
      if (claims.length > 0) handled.push(claims.map((claim) => `${claim.event.key} ${claim.attempt}`));
      for (const claim of claims) expect(await inbox.done(claim, NOW)).toBe(true);
    }
    expect(handled).toEqual([["first 3"], ["second 1"], ["both 1"], ["third 1"]]);
    expect(await inbox.replay(["dead"])).toBe(1);
    await storage.close();
  });
});
