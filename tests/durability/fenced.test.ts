import type { Fence } from "@wadesk/core/ports";
import { describe, expect, it } from "vitest";
import { type DatabasePlan, openStorage } from "./host/plan.ts";
import { openDatabase } from "./world/databases.ts";
import { openProcesses } from "./world/host-process.ts";
import { NO_POSTGRES, WHY_SKIPPED } from "./world/postgres.ts";

const DATABASES: readonly DatabasePlan["kind"][] = NO_POSTGRES ? ["SQLite"] : ["SQLite", "PostgreSQL"];
const START = Date.UTC(2026, 0, 1);
const LEASE_MS = 30_000;

const text = (value: Uint8Array | undefined): string | undefined => value && new TextDecoder().decode(value);

describe(`a process that was paused while it held a lease${WHY_SKIPPED}`, () => {
  it.each(DATABASES)("cannot write one record once another holds it, on %s", async (kind) => {
    const { plan } = await openDatabase(kind);
    const first = openProcesses().start("lease-holder.ts", { database: plan, now: START });
    const held = JSON.parse(await first.line()) as Fence;
    first.child.stdin?.write("before\n");
    expect(await first.line()).toBe("written");

    first.child.kill("SIGSTOP");
    const storage = openStorage(plan, () => START + LEASE_MS + 1);
    try {
      const taken = await storage.leases.acquire("session/1", "the second", LEASE_MS);
      expect(taken?.token).toBeGreaterThan(held.token);
      const value = new TextEncoder().encode("of the second");
      expect(await storage.records.set("session/1", new Map([["both", { value }]]), taken)).toBe("written");

      // it is the first thing that it does when it wakes, and by its own clock the lease is its own
      first.child.stdin?.write("both\nafter\n");
      first.child.kill("SIGCONT");
      expect([await first.line(), await first.line()]).toEqual(["fenced", "fenced"]);
      const kept = await storage.records.get("session/1", ["before", "both", "after"]);
      expect(["before", "both", "after"].map((key) => text(kept.get(key)))).toEqual(["of the first", "of the second", undefined]);
    } finally {
      await storage.close();
    }
  });
});
