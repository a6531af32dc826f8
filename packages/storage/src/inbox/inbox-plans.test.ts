import { DatabaseSync, type StatementSync } from "node:sqlite";
import type { Claim, InboxStore } from "@wadesk/core/ports";
import { receivedText } from "@wadesk/testing";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import type { PostgresClient, PostgresQuery } from "../postgres/postgres-pool.ts";
import { postgresStorage } from "../postgres/postgres-storage.ts";
import { sqliteStorage } from "../sqlite/sqlite-storage.ts";
import { postgresIsAway, testSchemas } from "../testing/open-databases.ts";

const away = await postgresIsAway();
const schemas = testSchemas();
afterAll(async () => {
  if (away === undefined) await schemas.remove();
});
const NOW = 1_000_000;
const LIMIT = 5;
// a few looks at the head of each contact, and at a few contacts of each workspace
const MOST = 150;

/** Fills an inbox with two thousand events of twenty contacts, and four thousand of as many more. The last fifty are of fifty other workspaces. */
async function fill(inbox: InboxStore): Promise<void> {
  await inbox.add(Array.from({ length: 2000 }, (_, index) => receivedText({ key: `key ${index}`, orderKey: `contact ${index % 20}` })));
  const wide = Array.from({ length: 4000 }, (_, index) => receivedText({ key: `wide ${index}`, orderKey: `wide ${index}` }));
  await inbox.add(wide.map((event, index) => (index < 3950 ? event : { ...event, workspaceId: `w${index}` })));
}
const claim = (inbox: InboxStore, now: number = NOW): Promise<readonly Claim[]> =>
  inbox.claim({ owner: "a", limit: LIMIT, leaseMs: 1000, now });

/** What a process does with an inbox all day. */
const DAILY: Readonly<Record<string, (inbox: InboxStore) => Promise<unknown>>> = {
  add: (inbox) => inbox.add([receivedText({ key: "new", orderKey: "contact 1" })]),
  "claim and done": async (inbox) => Promise.all((await claim(inbox)).map((each) => inbox.done(each, NOW))),
  "claim and fail": async (inbox) => Promise.all((await claim(inbox)).map((each) => inbox.fail(each, "dead", "x", NOW))),
  "claim by type": (inbox) => inbox.claim({ owner: "a", types: ["message.received"], limit: LIMIT, leaseMs: 1000, now: NOW }),
  nextDue: (inbox) => inbox.nextDue(),
  states: (inbox) => inbox.states(["key 1", "key 2"]),
  replay: (inbox) => inbox.replay(["key 1", "key 2", "key 3"]),
  "a page of dead letters": (inbox) => inbox.dead("acme", { limit: LIMIT }),
  "a page of what is kept": (inbox) => inbox.list("acme", { limit: LIMIT }),
};

describe("SQLite, with two thousand events waiting", () => {
  it.each(Object.entries(DAILY))("finds every row by an index: %s", async (_name, act) => {
    const database = new DatabaseSync(":memory:");
    await sqliteStorage({ database }).open();
    const texts = new Set<string>();
    const prepare = database.prepare.bind(database);
    database.prepare = (text: string): StatementSync => {
      texts.add(text);
      return prepare(text);
    };
    const storage = sqliteStorage({ database });
    await fill(storage.inbox);
    await act(storage.inbox);
    const statements = [...texts].filter((text) => /^\s*(with|select|insert|update|delete)\b/.test(text) && text.includes("wadesk_inbox"));
    expect(statements.length).toBeGreaterThan(0);
    const steps = statements.flatMap((text) =>
      prepare(`explain query plan ${text}`)
        .all()
        .map(({ detail }) => String(detail)),
    );
    // what is scanned are lists that were given, and what was found before
    const scans = steps.filter(
      (step) => step.startsWith("SCAN") && !/^SCAN (each|g|l|r|t|c|lanes|turns|lines|overdue|CONSTANT|\(subquery)\b/.test(step),
    );
    expect(scans).toEqual([]);
    await storage.close();
    database.close();
  });
});

interface PlanNode {
  readonly "Relation Name"?: string;
  readonly "Actual Rows": number;
  readonly "Actual Loops": number;
  readonly "Rows Removed by Filter"?: number;
  readonly Plans?: readonly PlanNode[];
}

/** How many events and queues a plan touched. */
function touched(node: PlanNode): number {
  const below = (node.Plans ?? []).reduce((sum, each) => sum + touched(each), 0);
  if (node["Relation Name"]?.startsWith("wadesk_inbox") !== true) return below;
  return below + (node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0)) * node["Actual Loops"];
}

describe.skipIf(away !== undefined)(
  `PostgreSQL, with two thousand events waiting${away === undefined ? "" : ` (skipped: ${away})`}`,
  () => {
    it("touches rows in proportion to what it claims, not to what waits, before the first ANALYZE and after it", async () => {
      const schema = schemas.fresh();
      const queries: Pick<PostgresQuery, "text" | "values">[] = [];
      const client = await schemas.pool.connect();
      onTestFinished(() => client.release());
      const watched: PostgresClient = Object.assign(Object.create(client), {
        release: () => {},
        query: (each: PostgresQuery) => {
          queries.push(each);
          return client.query({ ...each, values: [...each.values] });
        },
      });
      const storage = postgresStorage({ pool: { on: () => {}, removeListener: () => {}, connect: async () => watched }, schema });
      await fill(storage.inbox);
      const rowsOfClaim = async (now: number, count: number): Promise<number> => {
        queries.length = 0;
        expect(await claim(storage.inbox, now)).toHaveLength(count);
        let sum = 0;
        for (const { text, values } of queries.splice(0)) {
          const { rows } = await client.query({ text: `explain (analyze, format json) ${text}`, values: [...values] });
          sum += touched(rows[0]["QUERY PLAN"][0].Plan);
        }
        return sum;
      };
      const due = NOW + 2000;
      for (const each of await storage.inbox.claim({ owner: "a", limit: 300, leaseMs: 1000, now: NOW }))
        await storage.inbox.fail(each, due, "x", NOW);
      for (const stage of ["before the first ANALYZE", "after it"]) {
        expect([stage, await rowsOfClaim(NOW, LIMIT)]).toEqual([stage, expect.toSatisfy((rows: number) => rows < MOST)]);
        // one whose lease ended, among many that failed and are due
        expect([stage, await rowsOfClaim(due, 1)]).toEqual([stage, expect.toSatisfy((rows: number) => rows < MOST)]);
        await client.query(`analyze ${schema}.wadesk_inbox, ${schema}.wadesk_inbox_queues`);
      }
      await storage.close();
    });
  },
);
