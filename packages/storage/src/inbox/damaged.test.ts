import { DatabaseSync } from "node:sqlite";
import type { Claim, InboxStore } from "@wadesk/core/ports";
import { receivedText } from "@wadesk/testing";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { postgresStorage } from "../postgres/postgres-storage.ts";
import { sqliteStorage } from "../sqlite/sqlite-storage.ts";
import { postgresIsAway, testSchemas } from "../testing/open-databases.ts";

const away = await postgresIsAway();
const schemas = testSchemas();
afterAll(async () => {
  if (away === undefined) await schemas.remove();
});

/** An inbox, and a way to change its tables by hand. */
interface Opened {
  readonly inbox: InboxStore;
  readonly damage: (set: string, key: string) => Promise<unknown>;
}

const OPEN: Readonly<Record<string, () => Promise<Opened>>> = {
  async SQLite() {
    const database = new DatabaseSync(":memory:");
    const storage = sqliteStorage({ database });
    await storage.open();
    return {
      inbox: storage.inbox,
      damage: async (set, key) => database.prepare(`update wadesk_inbox set ${set} where key = ?`).run(key),
    };
  },
  async PostgreSQL() {
    const schema = schemas.fresh();
    const storage = postgresStorage({ pool: schemas.pool, schema });
    await storage.open();
    return {
      inbox: storage.inbox,
      damage: (set, key) => schemas.pool.query(`update ${schema}.wadesk_inbox set ${set} where key = $1`, [key]),
    };
  },
};
const KINDS = Object.keys(OPEN).filter((kind) => kind === "SQLite" || away === undefined);
const NOW = 1_000_000;

const eventOf = (id: string) => receivedText({ key: id, orderKey: `contact ${id}` });
const claim = (inbox: InboxStore): Promise<readonly Claim[]> => inbox.claim({ owner: "a", limit: 9, leaseMs: 1000, now: NOW });
const keys = (claims: readonly Claim[]): string[] => claims.map(({ event }) => event.key).sort();

/** What may have become of an event's row. */
const DAMAGES: Readonly<Record<string, string>> = {
  "no JSON": `event = '{"key":'`,
  "no event": `event = '[1, 2]'`,
  "half an event": `event = '{"key":"2","orderKey":"contact 2"}'`,
  "nothing at all": "event = null",
  "another event": `event = replace(event, '"key":"2"', '"key":"1"')`,
  "another contact": `event = replace(event, 'contact 2', 'contact 1')`,
};

describe.each(KINDS)("a damaged row on %s", (kind) => {
  it.each(Object.entries(DAMAGES))("becomes a dead letter that says so, and costs its neighbours nothing: %s", async (_name, set) => {
    const { inbox, damage } = await (OPEN[kind] as (typeof OPEN)[string])();
    await inbox.add([...["1", "2", "3"].map(eventOf), { ...eventOf("4"), orderKey: "contact 2" }]);
    await damage(set, "2");
    expect((await inbox.list("acme", { limit: 9 })).items.map(({ event }) => event.key)).toEqual(["1", "2", "3", "4"]);
    expect(keys(await claim(inbox))).toEqual(["1", "3"]);
    // its contact is free
    const next = await claim(inbox);
    expect(keys(next)).toEqual(["4"]);
    for (const each of next) await inbox.done(each, NOW);
    const { items } = await inbox.dead("acme", { limit: 9 });
    const place = { key: "2", orderKey: "contact 2", workspaceId: "acme", connectionId: "connection-1", type: "event.unknown" };
    expect(items).toMatchObject([{ event: place, reason: expect.stringContaining("cannot be read"), attempts: 1, diedAt: NOW }]);
    // bringing it back changes nothing about it
    expect(await inbox.replay(["2"])).toBe(1);
    expect(await claim(inbox)).toEqual([]);
    expect(await inbox.counts()).toEqual({ waiting: 0, running: 2, done: 1, dead: 1 });
    expect(await inbox.prune({ doneBefore: NOW + 1, deadBefore: NOW + 1, limit: 9 })).toBe(2);
  });

  it("does not hide what waits behind many of its kind", async () => {
    const { inbox, damage } = await (OPEN[kind] as (typeof OPEN)[string])();
    const ids = Array.from({ length: 40 }, (_, index) => String(index).padStart(2, "0"));
    await inbox.add(ids.map(eventOf));
    for (const id of ids.slice(0, 30)) await damage("event = ''", id);
    const found: string[] = [];
    for (let round = 0; round < 3; round += 1) found.push(...keys(await claim(inbox)));
    expect(found.sort()).toEqual(ids.slice(30));
    expect((await inbox.dead(undefined, { limit: 99 })).items).toHaveLength(30);
  });

  it("is a dead letter still, when its reason or its count was damaged", async () => {
    const { inbox, damage } = await (OPEN[kind] as (typeof OPEN)[string])();
    await inbox.add(["1", "2"].map(eventOf));
    for (const each of await claim(inbox)) await inbox.fail(each, "dead", "it broke", NOW);
    await damage("reason = 'it', attempts = null", "1");
    await damage("reason = null, event = 'x'", "2");
    const letters = (await inbox.dead("acme", { limit: 9 })).items.map(({ event, attempts, reason }) => [event.key, attempts, reason]);
    expect(letters.sort()).toEqual([
      ["1", 0, "it"],
      ["2", 1, ""],
    ]);
  });

  it("is never made by an event, whatever that holds", async () => {
    const { inbox } = await (OPEN[kind] as (typeof OPEN)[string])();
    const value = fc.anything({
      withBigInt: true,
      withDate: true,
      withNullPrototype: true,
      withObjectString: true,
      withSparseArray: true,
      maxDepth: 4,
    });
    let count = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(value, { minLength: 1, maxLength: 8 }), async (values) => {
        const events = values.map((raw) => {
          count += 1;
          const event = eventOf(String(count));
          return { ...event, data: { ...event.data, raw } } as typeof event;
        });
        expect(await inbox.add(events)).toHaveLength(events.length);
        const claims = await claim(inbox);
        expect(keys(claims)).toEqual(events.map(({ key }) => key).sort());
        for (const each of claims) expect(await inbox.done(each, NOW)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});
