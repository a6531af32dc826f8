import type { ConnectionFilter, ConnectionStore } from "@wadesk/core/ports";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import type { PostgresClient, PostgresQuery } from "../postgres/postgres-pool.ts";
import { postgresStorage } from "../postgres/postgres-storage.ts";
import { postgresIsAway, testSchemas } from "../testing/open-databases.ts";

const FEW = 1_000;
const MANY = 20_000;
const LIMIT = 20;
/** So many of each kind that is rare there are in either workspace. */
const RARE = 60;
const SILENT_BEFORE = 100;

type Ask = (connections: ConnectionStore, workspaceId: string) => Promise<unknown>;
const pageOf =
  (filter: ConnectionFilter): Ask =>
  ({ list }, workspaceId) =>
    list(workspaceId, filter, { limit: LIMIT });

const ASKS: Readonly<Record<string, Ask>> = {
  "a page": pageOf({}),
  "a page of a channel": pageOf({ channel: "echo" }),
  "a page of a region": pageOf({ channel: "echo", region: "BR" }),
  "a page of a rare state": pageOf({ channel: "echo", states: ["failed"], silentBefore: SILENT_BEFORE }),
  "a page of what counts as disconnected": pageOf({ channel: "echo", states: ["disconnected"], silentBefore: SILENT_BEFORE }),
  "a page of what is connected and not silent": pageOf({ channel: "echo", states: ["connected"], silentBefore: SILENT_BEFORE }),
  "the counts": ({ counts }, workspaceId) => counts(workspaceId, { channel: "echo", silentBefore: SILENT_BEFORE }),
  "the counts of all channels": ({ counts }, workspaceId) => counts(workspaceId, { silentBefore: SILENT_BEFORE }),
};

interface PlanNode {
  readonly "Relation Name"?: string;
  readonly "Actual Rows": number;
  readonly "Actual Loops": number;
  readonly "Rows Removed by Filter"?: number;
  readonly Plans?: readonly PlanNode[];
}

/** How many rows of the tables a plan touched. */
function touched(node: PlanNode): number {
  const below = (node.Plans ?? []).reduce((sum, each) => sum + touched(each), 0);
  if (node["Relation Name"] === undefined) return below;
  return below + (node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0)) * node["Actual Loops"];
}

// the last of them are silent: they come last in the order of a page
const fill = (table: string, workspace: string, count: number): string => `
  insert into ${table} (id, workspace_id, channel, route, region, state, is_primary, epoch, version, created_at, seen_at, data)
  select '${workspace} ' || i, '${workspace}', case when i % 10 = 0 then 'other' else 'echo' end, '${workspace} ' || i,
    case when i % ${Math.floor(count / RARE)} = 2 then 'BR' end, case when i % ${Math.floor(count / RARE)} = 1 then 'failed' else 'connected' end, 0, 1, 1, i,
    case when i > ${count - RARE} then 1 else 1000 end, '{"id":"' || i || '"}'
  from generate_series(1, ${count}) as i`;

const away = await postgresIsAway();
describe.skipIf(away)(away ?? "connections in PostgreSQL", () => {
  const schemas = testSchemas();
  afterAll(schemas.remove);

  it("touches as many rows for a page and for the counts among many as among few, before the first ANALYZE and after it", async () => {
    const schema = schemas.fresh();
    let last: Pick<PostgresQuery, "text" | "values"> = { text: "", values: [] };
    const client = await schemas.pool.connect();
    onTestFinished(() => client.release());
    const watched: PostgresClient = Object.assign(Object.create(client), {
      release: () => {},
      query: (each: PostgresQuery) => {
        last = each;
        return client.query({ ...each, values: [...each.values] });
      },
    });
    const storage = postgresStorage({ pool: { on: () => {}, removeListener: () => {}, connect: async () => watched }, schema });
    await storage.open();
    const [connections, counts] = [`${schema}.wadesk_connections`, `${schema}.wadesk_connection_counts`];
    for (const table of [connections, counts]) await client.query(`alter table ${table} set (autovacuum_enabled = off)`);
    await client.query(fill(connections, "few", FEW));
    await client.query(fill(connections, "many", MANY));
    const rowsOf = async (ask: Ask, workspace: string): Promise<number> => {
      await ask(storage.connections, workspace);
      const { rows } = await client.query({ text: `explain (analyze, format json) ${last.text}`, values: [...last.values] });
      return touched(rows[0]["QUERY PLAN"][0].Plan);
    };
    const marked = `update ${connections} set is_primary = 1 where id in ('few 999', 'many 19999')`;
    await client.query(marked);
    for (const stage of ["before ANALYZE", "after it"]) {
      for (const [what, ask] of Object.entries(ASKS)) {
        const [few, many] = [await rowsOf(ask, "few"), await rowsOf(ask, "many")];
        expect.soft(few, `${what}, ${stage}, finds something`).toBeGreaterThan(1);
        expect.soft(many, `${what}, ${stage}, beside ${few}`).toBeLessThan(few + RARE);
      }
      const primaryOf: Ask = ({ primary }, workspaceId) => primary(workspaceId, "echo");
      expect.soft([await rowsOf(primaryOf, "few"), await rowsOf(primaryOf, "many")], `the primary one, ${stage}`).toEqual([1, 1]);
      await client.query(`analyze ${connections}, ${counts}`);
    }
    await storage.close();
  });
});
