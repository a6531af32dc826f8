import { DatabaseSync } from "node:sqlite";
import type { Fence, TimedValue } from "@wadesk/core/ports";
import { afterAll, describe, expect, it } from "vitest";
import type { PostgresClient, PostgresPool } from "../postgres/postgres-pool.ts";
import { postgresStorage } from "../postgres/postgres-storage.ts";
import { sqliteStorage } from "../sqlite/sqlite-storage.ts";
import type { SqlStorage } from "../storage/sql-storage.ts";
import { postgresIsAway, testSchemas } from "../testing/open-databases.ts";

const away = await postgresIsAway();
const schemas = testSchemas();
afterAll(async () => {
  if (away === undefined) await schemas.remove();
});

/** A storage, and every statement that it has had run. */
interface Counted {
  readonly storage: SqlStorage;
  readonly texts: string[];
}

const OPEN: Readonly<Record<string, () => Promise<Counted>>> = {
  async SQLite() {
    const database = new DatabaseSync(":memory:");
    const texts: string[] = [];
    const prepare = database.prepare.bind(database);
    database.prepare = (text) => watched(prepare(text), ["all", "run"], () => texts.push(text));
    return { storage: sqliteStorage({ database }), texts };
  },
  async PostgreSQL() {
    const texts: string[] = [];
    const asked = (query: unknown): void => void (isQuery(query) && texts.push(query.text));
    const connect = async (): Promise<PostgresClient> => watched(await schemas.pool.connect(), ["query"], asked);
    const pool: PostgresPool = { connect, on: () => {}, removeListener: () => {} };
    return { storage: postgresStorage({ pool, schema: schemas.fresh(), listen: false }), texts };
  },
};

/** Tells of each call of these methods, and of its first argument. */
function watched<Target extends object>(target: Target, names: readonly string[], tell: (first: unknown) => void): Target {
  return new Proxy(target, {
    get(own, name) {
      const method: unknown = Reflect.get(own, name);
      if (typeof method !== "function") return method;
      return (...values: readonly unknown[]): unknown => {
        if (names.includes(String(name))) tell(values[0]);
        return Reflect.apply(method, own, values);
      };
    },
  });
}

function isQuery(query: unknown): query is { readonly text: string } {
  return typeof query === "object" && query !== null && "text" in query && typeof query.text === "string";
}

const KINDS = Object.keys(OPEN).filter((kind) => kind === "SQLite" || away === undefined);

describe.each(KINDS)("a change set on %s", (kind) => {
  it("of eight hundred Signal keys is a handful of statements, with its fence, however large they are", async () => {
    const { storage, texts } = await (OPEN[kind] as () => Promise<Counted>)();
    const fence = (await storage.leases.acquire("session/con_1", "a", 60_000)) as Fence;
    const changes = (bytes: number): Map<string, TimedValue | undefined> =>
      new Map(Array.from({ length: 800 }, (_, index) => [`pre-key-${index}`, index < 790 ? { value: new Uint8Array(bytes) } : undefined]));
    const counted = async (bytes: number): Promise<readonly [begins: number, others: number]> => {
      texts.length = 0;
      expect(await storage.records.set("record/con_1/", changes(bytes), fence)).toBe("written");
      const begins = texts.filter((text) => /^(begin|start)/i.test(text)).length;
      return [begins, texts.filter((text) => /^\s*(select|insert|delete|update|with)/i.test(text)).length];
    };
    // the fence, what is put, what is deleted
    expect(await counted(100)).toEqual([1, 3]);
    // 7.9 MB are 15.8 of hexadecimals, in statements of 4 at most
    expect(await counted(10_000)).toEqual([1, 6]);
    texts.length = 0;
    await storage.records.set("record/con_1/", new Map([["one", { value: new Uint8Array(9) }]]));
    expect(texts).toHaveLength(1);
    await storage.close();
  });
});
