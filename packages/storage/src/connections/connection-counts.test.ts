import { DatabaseSync } from "node:sqlite";
import { type Connection, type ConnectionState, type ConnectionStatus, memoryStorage } from "@wadesk/core";
import type { ConnectionStore } from "@wadesk/core/ports";
import { connectionOf } from "@wadesk/testing";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { postgresStorage } from "../postgres/postgres-storage.ts";
import { sqliteStorage } from "../sqlite/sqlite-storage.ts";
import type { SqlStorage } from "../storage/sql-storage.ts";
import { postgresIsAway, testSchemas } from "../testing/open-databases.ts";

const STATES: readonly ConnectionState[] = ["connected", "pending", "disconnected", "failed"];
const WORKSPACES = ["acme", "rival"];
const CHANNELS = ["echo", "cloud-api"];
const REGIONS = [undefined, "", "=", "BR"];

interface Place {
  readonly workspaceId: string;
  readonly channel: string;
  readonly region: string | undefined;
  readonly state: ConnectionState;
}

type Step =
  | { readonly do: "insert"; readonly place: Place; readonly at: number }
  | { readonly do: "move"; readonly which: number; readonly place: Place }
  | { readonly do: "touch"; readonly which: number; readonly at: number }
  | { readonly do: "delete"; readonly which: number }
  | { readonly do: "prefer"; readonly which: number };

const place: fc.Arbitrary<Place> = fc.record({
  workspaceId: fc.constantFrom(...WORKSPACES),
  channel: fc.constantFrom(...CHANNELS),
  region: fc.constantFrom(...REGIONS),
  state: fc.constantFrom(...STATES),
});
const which = fc.nat({ max: 7 });
const at = fc.nat({ max: 9 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant("insert" as const), place, at }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("move" as const), which, place }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("touch" as const), which, at }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("delete" as const), which }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("prefer" as const), which }) },
);
const steps = fc.array(step, { minLength: 10, maxLength: 30, size: "max" });

function statusOf(state: ConnectionState): ConnectionStatus {
  return { state, since: 0, reason: "banned" } as ConnectionStatus;
}

function rowOf(id: string, { state, ...where }: Place, seenAt?: number): Connection {
  const row = connectionOf({ id, ...where, primary: false, epoch: 1, status: statusOf(state) } as Partial<Connection>);
  return seenAt === undefined ? row : { ...row, lastSeenAt: seenAt };
}

async function does(store: ConnectionStore, each: Step, rows: Connection[]): Promise<void> {
  if (each.do === "insert") {
    const row = rowOf(`con_${rows.length}`, each.place, each.at);
    rows.push(row);
    return void (await store.insert(row));
  }
  const { id, workspaceId, channel } = rows[each.which % Math.max(1, rows.length)] ?? connectionOf();
  if (each.do === "delete") return store.delete(workspaceId, id);
  if (each.do === "prefer") return store.setPrimary(workspaceId, channel, id);
  if (each.do === "touch") return store.touch([{ id, epoch: 1, at: each.at }]);
  const { region, state } = each.place;
  const { version } = (await store.get(workspaceId, id)) ?? { version: 0 };
  await store.update(workspaceId, id, version, { region, status: statusOf(state) } as Partial<Connection>);
}

async function lookAt(store: ConnectionStore): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  for (const workspaceId of WORKSPACES) {
    for (const channel of [undefined, ...CHANNELS]) {
      for (const region of REGIONS) {
        for (const silentBefore of [undefined, 5]) {
          const scope = { channel, region, silentBefore } as object;
          const { states, regions } = await store.counts(workspaceId, scope);
          found.push([workspaceId, scope, states, regions]);
        }
      }
    }
  }
  return [...found, await store.total()];
}

/** A database of connections whose tables can be asked. */
interface Asked {
  readonly storage: SqlStorage;
  readonly ask: (text: string) => Promise<readonly object[]>;
  /** WaDesk's tables begin so. */
  readonly prefix: string;
}

/** What is kept, and what counting anew gives; both empty when nothing is there. */
async function keptAndCounted({ ask, prefix }: Asked): Promise<readonly unknown[]> {
  const key = "workspace_id, channel, region, state";
  const kept = await ask(`select ${key}, cast(count as integer) as count from ${prefix}connection_counts order by ${key}`);
  const counted = await ask(
    `select workspace_id, channel, coalesce('=' || region, '') as region, state, cast(count(*) as integer) as count
     from ${prefix}connections group by 1, 2, 3, 4 order by 1, 2, 3, 4`,
  );
  return [kept, counted].map((rows) => rows.map((row) => ({ ...row })));
}

function countPromises(open: () => Promise<Asked>, numRuns: number): void {
  it("are what counting gives, whatever was done in whatever order", async () => {
    const asked = await open();
    const { connections } = asked.storage;
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const model = memoryStorage().connections;
        const [known, rows]: Connection[][] = [[], []];
        for (const each of all) {
          await does(model, each, known ?? []);
          await does(connections, each, rows ?? []);
        }
        expect(await lookAt(connections)).toEqual(await lookAt(model));
        const [kept, counted] = await keptAndCounted(asked);
        expect(kept).toEqual(counted);
        for (const { workspaceId, id } of rows ?? []) await connections.delete(workspaceId, id);
        expect(await keptAndCounted(asked)).toEqual([[], []]);
      }),
      { numRuns },
    );
    await asked.storage.close();
  });

  it("are right after statements of many rows that somebody else runs", async () => {
    const asked = await open();
    const { storage, ask, prefix } = asked;
    for (let index = 0; index < 12; index += 1) {
      const [channel, region] = [CHANNELS[index % 2] ?? "", REGIONS[index % 3]];
      await storage.connections.insert(
        rowOf(`con_${index}`, { workspaceId: "acme", channel, region, state: STATES[index % 4] ?? "failed" }),
      );
    }
    const columns = "is_primary, epoch, version, created_at, seen_at, data";
    for (const text of [
      `insert into ${prefix}connections (id, workspace_id, channel, region, route, state, ${columns})
       select 'copy ' || id, workspace_id, channel, region, 'copy ' || route, state, ${columns} from ${prefix}connections`,
      `update ${prefix}connections set state = case state when 'failed' then 'connected' else 'failed' end where channel = 'echo'`,
      `update ${prefix}connections set region = 'BR' where channel = 'echo'`,
      `update ${prefix}connections set workspace_id = 'rival' where state = 'failed'`,
      `delete from ${prefix}connections where state = 'connected'`,
    ]) {
      await ask(text);
      const [kept, counted] = await keptAndCounted(asked);
      expect(kept).not.toEqual([]);
      expect(kept).toEqual(counted);
    }
    await ask(`delete from ${prefix}connections`);
    expect(await keptAndCounted(asked)).toEqual([[], []]);
    await storage.close();
  });
}

describe("the counts kept in SQLite", () => {
  countPromises(async () => {
    const database = new DatabaseSync(":memory:");
    const ask = async (text: string): Promise<readonly object[]> => database.prepare(text).all();
    const storage = sqliteStorage({ database });
    await storage.open();
    return { storage, ask, prefix: "wadesk_" };
  }, 100);

  it("are not written by a heartbeat", async () => {
    const database = new DatabaseSync(":memory:");
    const { connections } = sqliteStorage({ database });
    await connections.insert(connectionOf());
    const written = (): unknown => database.prepare("select total_changes() as changes").get()?.changes;
    const before = Number(written());
    await connections.touch([{ id: "connection-1", epoch: 1, at: 5 }]);
    expect(written()).toBe(before + 1);
  });
});

const away = await postgresIsAway();
describe.skipIf(away)(away ?? "the counts kept in PostgreSQL", () => {
  const schemas = testSchemas();
  afterAll(schemas.remove);
  const open = async (): Promise<Asked> => {
    const schema = schemas.fresh();
    const storage = postgresStorage({ pool: schemas.pool, schema });
    await storage.open();
    return { storage, ask: async (text) => (await schemas.pool.query(text)).rows, prefix: `${schema}.wadesk_` };
  };
  countPromises(open, 20);

  it("are not written by a heartbeat, nor when the primary changes", async () => {
    const { storage, ask, prefix } = await open();
    for (const id of ["con_1", "con_2"]) await storage.connections.insert(connectionOf({ id, primary: id === "con_1" }));
    const versions = () => ask(`select ctid, xmin, count from ${prefix}connection_counts`);
    const before = await versions();
    await storage.connections.touch([{ id: "con_1", epoch: 1, at: 5 }]);
    await storage.connections.setPrimary("acme", "cloud-api", "con_2");
    expect(await versions()).toEqual(before);
    expect(before).toMatchObject([{ count: "2" }]);
  });

  it("are right, and nobody is a victim, when many move connections between the same states at once", async () => {
    const asked = await open();
    const { storage, ask, prefix } = asked;
    const movers = Array.from({ length: 8 }, (_, index) => `con_${index}`);
    const stateOf = (turn: number): ConnectionState => STATES[turn % 4] ?? "failed";
    for (const [index, id] of movers.entries()) {
      await storage.connections.insert(connectionOf({ id, status: statusOf(stateOf(index)) }));
    }
    // not through the storage, which would try again after a deadlock
    const move = async (id: string, index: number): Promise<void> => {
      const step = index % 2 === 0 ? 1 : 3;
      for (let turn = 1; turn <= 60; turn += 1) {
        await ask(`update ${prefix}connections set state = '${stateOf(index + turn * step)}' where id = '${id}'`);
      }
    };
    const churn = async (): Promise<void> => {
      for (let turn = 0; turn < 30; turn += 1) {
        await storage.connections.insert(connectionOf({ id: `churn ${turn}`, status: statusOf(stateOf(turn)) }));
        await ask(`delete from ${prefix}connections where id like 'churn%'`);
      }
    };
    await Promise.all([...movers.map(move), churn()]);
    const [kept, counted] = await keptAndCounted(asked);
    expect(kept).toEqual(counted);
    expect(await storage.connections.total()).toBe(8);
    for (const id of movers) await storage.connections.delete("acme", id);
    expect(await keptAndCounted(asked)).toEqual([[], []]);
  });
});
