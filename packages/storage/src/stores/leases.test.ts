import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { sqliteStorage } from "../sqlite/sqlite-storage.ts";

describe("leases in SQL", () => {
  it("leave no row behind when they are released, and tokens climb all the same", async () => {
    const database = new DatabaseSync(":memory:");
    let now = 1000;
    const { leases, close } = sqliteStorage({ database, now: () => now });
    const tokens: number[] = [];
    for (const passes of [0, 1, 0, 5, 0]) {
      const fence = await leases.acquire("connection/con_1", "a", 1000);
      tokens.push(fence?.token ?? 0);
      now += passes;
      if (fence !== undefined) await leases.release(fence);
    }
    expect(tokens).toEqual([...new Set(tokens)].sort((left, right) => left - right));
    now += 10;
    const last = await leases.acquire("connection/con_1", "a", 1000);
    now += 10;
    if (last !== undefined) await leases.release(last);
    expect(database.prepare("select count(*) as count from wadesk_leases").get()).toEqual({ count: 0 });
    await close();
    database.close();
  });
});
