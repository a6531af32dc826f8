import { describe, expect, it } from "vitest";
import type { Connection } from "../model/connection.ts";
import { type EchoWorld, openEcho } from "../testing/open-echo.ts";

const HOUR = 60 * 60 * 1000;
const TICK = 10_000;

interface Checked extends EchoWorld {
  /** The ids of what was checked, and when. */
  readonly checks: { readonly id: string; readonly at: number }[];
}

async function openMany(count: number, upkeep: { readonly checkEveryMs?: number | false } = { checkEveryMs: HOUR }): Promise<Checked> {
  const world = openEcho({ upkeep });
  for (let number = 0; number < count; number += 1) {
    const workspace = world.wadesk.workspace(`w${number % 3}`);
    const { id } = await workspace.connect("echo", { number: `+${number}`, token: "t" });
    // what is loaded on first use takes longer than a turn of the manual clock
    if (number === 0) await workspace.check(id);
  }
  return watch(world);
}

function watch(world: EchoWorld, checks: Checked["checks"] = []): Checked {
  world.vendor.onCheck = async ({ id }: Connection) => void checks.push({ id, at: world.clock.now() });
  return { ...world, checks };
}

describe("the scheduled checks", () => {
  it("visit every connection once in an interval, evenly spread, and begin without a burst", async () => {
    const { wadesk, checks, clock } = await openMany(60);
    const start = clock.now();
    await wadesk.start();
    await clock.advance(HOUR + TICK);
    expect(new Set(checks.map(({ id }) => id)).size).toBe(60);
    expect(checks.length).toBeLessThanOrEqual(61);
    // the work of a moment may end a few of the clock's moments later
    const of = (from: number, to: number): number => checks.filter(({ at }) => at >= start + from && at < start + to).length;
    const quarters = [0, 1, 2, 3].map((quarter) => of((quarter * HOUR) / 4, ((quarter + 1) * HOUR) / 4));
    expect([of(0, 60_000), quarters.every((count) => count >= 12 && count <= 18)]).toEqual([0, true]);
  });

  it("go on in place in the process that takes over", async () => {
    const one = await openMany(40);
    const two = watch(openEcho({ upkeep: { checkEveryMs: HOUR }, beside: one }), one.checks);
    await one.wadesk.start();
    await one.clock.advance(HOUR / 2);
    const before = one.checks.length;
    await one.wadesk.stop();
    await two.wadesk.start();
    await one.clock.advance(HOUR / 2 + 3 * TICK);
    expect(before).toBeGreaterThanOrEqual(18);
    expect(new Set(one.checks.map(({ id }) => id)).size).toBe(40);
    expect(one.checks.length).toBeLessThanOrEqual(41);
  });

  it("go on when the clock was set back", async () => {
    const { wadesk, storage, checks, clock } = await openMany(60);
    const ahead = { due: 0, at: clock.now() + HOUR };
    await storage.records.set("upkeep/", new Map([["checks", { value: new TextEncoder().encode(JSON.stringify(ahead)) }]]));
    await wadesk.start();
    await clock.advance(HOUR / 2);
    expect(checks.length).toBeGreaterThanOrEqual(25);
  });

  it("begin anew where the place that was kept is none of this storage's", async () => {
    const { wadesk, storage, checks, clock } = await openMany(60);
    const foreign = { due: 0, at: clock.now(), cursor: "of an older version" };
    await storage.records.set("upkeep/", new Map([["checks", { value: new TextEncoder().encode(JSON.stringify(foreign)) }]]));
    await wadesk.start();
    await clock.advance(HOUR + TICK);
    expect(new Set(checks.map(({ id }) => id)).size).toBe(60);
  });

  it("do not make up for a long stop", async () => {
    const { wadesk, checks, clock } = await openMany(360);
    await wadesk.start();
    await clock.advance(60_000);
    await wadesk.stop();
    const before = checks.length;
    await clock.advance(24 * HOUR);
    await wadesk.start();
    await clock.advance(TICK - 1);
    // two ticks' worth
    expect(checks.length - before).toBeLessThanOrEqual(2);
  });

  it("are not made where they are switched off", async () => {
    for (const checkEveryMs of [false, 0] as const) {
      const { wadesk, checks, clock } = await openMany(3, { checkEveryMs });
      await wadesk.start();
      await clock.advance(24 * HOUR);
      expect(checks).toEqual([]);
    }
  });

  it("are made every six hours where nothing else is said", async () => {
    const { wadesk, checks, clock } = await openMany(1, {});
    await wadesk.start();
    await clock.advance(6 * HOUR - TICK);
    expect(checks).toHaveLength(0);
    await clock.advance(2 * TICK);
    expect(checks).toHaveLength(1);
  });

  it("pass over what was disconnected on request, waits, or is of a channel that is not installed", async () => {
    const { wadesk, checks, clock, storage } = await openMany(4, { checkEveryMs: 60_000 });
    const { items } = await storage.connections.walk({ limit: 10 });
    const [ended, pending, foreign, checked] = items;
    await wadesk.workspace(ended?.workspaceId ?? "").disconnect(ended?.id ?? "");
    await storage.connections.update(pending?.workspaceId ?? "", pending?.id ?? "", pending?.version ?? 0, {
      status: { state: "pending", reason: "verifying", since: 1 },
    });
    const { walk } = storage.connections;
    Object.assign(storage.connections, {
      walk: async (...call: Parameters<typeof walk>) => {
        const page = await walk(...call);
        return { ...page, items: page.items.map((row) => (row.id === foreign?.id ? { ...row, channel: "unknown" } : row)) };
      },
    });
    await wadesk.start();
    await clock.advance(5 * 60_000);
    expect(new Set(checks.map(({ id }) => id))).toEqual(new Set([checked?.id]));
  });

  it("go on past a vendor that is away, one that throws and one that never answers, and log each once", async () => {
    const world = await openMany(4, { checkEveryMs: 8 * 60_000 });
    const seen: string[] = [];
    world.vendor.onCheck = async ({ id }: Connection) => {
      seen.push(id);
      if (seen.length === 1) throw new Error("ECONNREFUSED");
      if (seen.length === 2) throw new TypeError("a bug of the channel");
      if (seen.length === 3) await new Promise(() => {});
    };
    await world.wadesk.start();
    await world.clock.advance(9 * 60_000);
    expect(new Set(seen).size).toBe(4);
    const lines = world.log.filter((line) => line.includes("could not be checked"));
    expect(lines).toHaveLength(3);
    expect(lines.join()).toMatch(/ECONNREFUSED.*a bug of the channel.*no answer within 60 seconds/s);
  });

  it("keep what they find", async () => {
    const { wadesk, clock, storage } = await openMany(1, { checkEveryMs: 60_000 });
    await wadesk.start();
    await clock.advance(80_000);
    const [row] = (await storage.connections.walk({ limit: 1 })).items;
    expect(row?.lastSeenAt).toBeGreaterThan(row?.connectedAt ?? 0);
  });
});
