import { DatabaseSync } from "node:sqlite";
import type { OwnedEvent } from "@wadesk/core";
import type { Claim, InboxStore } from "@wadesk/core/ports";
import { receivedText } from "@wadesk/testing";
import { afterAll, describe, expect, it } from "vitest";
import { postgresMigrations } from "../postgres/postgres-migrations.ts";
import { postgresStorage } from "../postgres/postgres-storage.ts";
import { sqliteMigrations } from "../sqlite/sqlite-migrations.ts";
import { sqliteStorage } from "../sqlite/sqlite-storage.ts";
import type { SqlStorage } from "../storage/sql-storage.ts";
import { postgresIsAway, testSchemas } from "../testing/open-databases.ts";
import { MIGRATIONS } from "./migrations.ts";
import { literal } from "./schema-words.ts";

const away = await postgresIsAway();
const schemas = testSchemas();
afterAll(async () => {
  if (away === undefined) await schemas.remove();
});
const NOW = 1_000_000;

/** A database of the first version, a storage on it, and the script that brings it to this one. */
interface Old {
  readonly storage: SqlStorage;
  readonly run: (sql: string) => Promise<unknown>;
  readonly runScript: () => Promise<unknown>;
}

/** What the script for an empty database does up to the second migration. */
const firstOf = (script: string): string => `${script.slice(0, script.indexOf("alter table"))}commit;`;

const OPEN: Readonly<Record<string, () => Promise<Old>>> = {
  async SQLite() {
    const database = new DatabaseSync(":memory:");
    database.exec(firstOf(await sqliteMigrations()));
    return {
      storage: sqliteStorage({ database }),
      run: async (sql) => database.exec(sql),
      runScript: async () => database.exec(await sqliteMigrations({ after: "0001-first" })),
    };
  },
  async PostgreSQL() {
    const schema = schemas.fresh();
    await schemas.pool.query(firstOf(await postgresMigrations({ schema })));
    // the rows of the test bring their positions along
    await schemas.pool.query(`select setval(pg_get_serial_sequence('${schema}.wadesk_inbox', 'position'), 1000)`);
    return {
      storage: postgresStorage({ pool: schemas.pool, schema }),
      run: (sql) => schemas.pool.query(sql.replaceAll("wadesk_inbox", `${schema}.wadesk_inbox`)),
      runScript: async () => schemas.pool.query(await postgresMigrations({ schema, after: "0001-first" })),
    };
  },
};
const KINDS = Object.keys(OPEN).filter((kind) => kind === "SQLite" || away === undefined);

/** Statements as the first version wrote them. */
function added(event: OwnedEvent, position: number, state = "open"): string {
  const texts = [event.key, event.workspaceId, event.connectionId, event.orderKey, event.type, state, JSON.stringify(event)];
  const ended = state === "open" ? "null, null, null" : `3, ${NOW}, '"it broke"'`;
  return `insert into wadesk_inbox (position, key, workspace_id, connection_id, order_key, type, state, event, attempts, ended_at, reason)
    values (${position}, ${texts.map(literal).join(", ")}, ${ended});`;
}
function queued(
  orderKey: string,
  numbers: readonly [open: number, dueAt: number, turn: number, token: number, head: number, attempts: number],
): string {
  return `insert into wadesk_inbox_queues (order_key, open, due_at, turn, token, head, attempts) values (${literal(orderKey)}, ${numbers.join(", ")});`;
}
const eventOf = (key: string, orderKey: string, place: Partial<OwnedEvent> = {}): OwnedEvent =>
  ({ ...receivedText({ key, orderKey }), ...place }) as OwnedEvent;

/** A loud workspace and a quiet one, a retry, a lease that ended, a dead letter. */
const ROWS = [
  ...Array.from({ length: 40 }, (_, index) => [
    added(eventOf(`loud ${index}`, `loud ${index}`), index + 1),
    queued(`loud ${index}`, [1, 0, index + 1, 0, 0, 0]),
  ]),
  [added(eventOf("quiet", "quiet", { workspaceId: "quiet" }), 41), queued("quiet", [1, 0, 41, 0, 0, 0])],
  [added(eventOf("second", "second", { connectionId: "connection-2" }), 42), queued("second", [1, 0, 42, 0, 0, 0])],
  [
    added(eventOf("retried", "retried", { workspaceId: "again" }), 43),
    added(eventOf("behind", "retried", { workspaceId: "again" }), 44),
    queued("retried", [2, NOW - 1, 43, 0, 43, 4]),
  ],
  [added(eventOf("held", "held", { workspaceId: "held" }), 45), queued("held", [1, NOW - 1, 45, 77, 45, 2])],
  [added(eventOf("dead", "dead"), 46, "dead"), queued("dead", [0, NOW, 46, 0, 46, 3])],
].flat();

const claim = (inbox: InboxStore, limit: number): Promise<readonly Claim[]> => inbox.claim({ owner: "a", limit, leaseMs: 1000, now: NOW });
const seen = (claims: readonly Claim[]): unknown[] => claims.map(({ event, attempt, deaths }) => [event.key, attempt, deaths]);

describe.each(KINDS)("a database of the first version on %s", (kind) => {
  it.each(["by itself", "by the script"])("is brought to this one %s, and nothing of what it held is lost", async (how) => {
    const { storage, run, runScript } = await (OPEN[kind] as () => Promise<Old>)();
    for (const row of ROWS) await run(row);
    if (how === "by the script") await runScript();
    expect(await storage.migrate()).toEqual(how === "by itself" ? Object.keys(MIGRATIONS).slice(1) : []);
    const { inbox } = storage;
    expect(await inbox.counts()).toEqual({ waiting: 44, running: 1, done: 0, dead: 1 });
    expect(seen(await claim(inbox, 4))).toEqual([["held", 3, 1]]);
    // who waited before has turns too, and a retry keeps its count
    const first = await claim(inbox, 4);
    expect(new Set(first.map(({ event }) => event.workspaceId))).toEqual(new Set(["acme", "quiet", "again"]));
    expect(seen(first)).toContainEqual(["retried", 5, 0]);
    const all = [...first, ...(await claim(inbox, 100))];
    expect(all).toHaveLength(43);
    for (const each of all) expect(await inbox.done(each, NOW)).toBe(true);
    expect(seen(await claim(inbox, 9))).toEqual([["behind", 1, 0]]);
    expect(await inbox.replay(["dead"])).toBe(1);
    expect(seen(await claim(inbox, 9))).toEqual([["dead", 1, 0]]);
    await storage.close();
  });

  it("takes what a process of the first version still adds beside this one", async () => {
    const { storage, run } = await (OPEN[kind] as () => Promise<Old>)();
    await storage.migrate();
    for (const row of ROWS.slice(0, 4)) await run(row);
    await storage.inbox.add([eventOf("new", "loud 0")]);
    const claims = await claim(storage.inbox, 9);
    expect(seen(claims).sort()).toEqual([
      ["loud 0", 1, 0],
      ["loud 1", 1, 0],
    ]);
    for (const each of claims) await storage.inbox.done(each, NOW);
    expect(seen(await claim(storage.inbox, 9))).toEqual([["new", 1, 0]]);
    await storage.close();
  });
});
