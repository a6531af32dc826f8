import { describe, expect, it } from "vitest";
import { type EchoWorld, openEcho } from "../testing/open-echo.ts";

const LIMIT = 90_000;

/** Two processes on one storage with one connection, and what both tell of it. */
async function openPair() {
  const one = openEcho({ silenceLimitMs: LIMIT });
  const two = openEcho({ silenceLimitMs: LIMIT, beside: one });
  const { id } = await one.wadesk.workspace("acme").connect("echo", { number: "+111", token: "tok-1" });
  const told: unknown[] = [];
  for (const { wadesk } of [one, two]) {
    wadesk.on("connection.changed", ({ connection, previous }) => void told.push([connection.status.state, previous?.state]));
  }
  return { one, two, id, told, clock: one.clock, storage: one.storage };
}
const stored = async ({ storage }: Pick<EchoWorld, "storage">, id: string) => (await storage.connections.get("acme", id))?.status;

describe("a connection that falls silent", () => {
  it("is written as disconnected and told of once, whichever process keeps it up", async () => {
    const { one, two, id, told, clock, storage } = await openPair();
    const since = clock.now() + LIMIT;
    await Promise.all([one.wadesk.start(), two.wadesk.start()]);
    await clock.advance(LIMIT);
    expect(await stored({ storage }, id)).toMatchObject({ state: "connected" });
    await clock.advance(10_000);
    expect(await stored({ storage }, id)).toEqual({ state: "disconnected", reason: "silent", since });
    await clock.advance(60_000);
    expect(told).toEqual([["disconnected", "connected"]]);
  });

  it("is told of though the process that kept it up has ended without a word", async () => {
    const { one, two, id, told, clock, storage } = await openPair();
    await one.wadesk.start();
    await clock.advance(0);
    await two.wadesk.start();
    // a process that ends renews nothing and releases nothing
    const { renew } = storage.leases;
    Object.assign(storage.leases, { renew: async () => "lost" });
    await clock.advance(10_000);
    Object.assign(storage.leases, { renew, release: async () => {} });
    await one.wadesk.stop();
    await clock.advance(LIMIT + 40_000);
    expect([await stored({ storage }, id), told.length]).toMatchObject([{ reason: "silent" }, 1]);
  });

  it("is left alone when it spoke before the sweep, or changed while it swept", async () => {
    const { one, id, told, clock, storage } = await openPair();
    const { touch, silent } = storage.connections;
    await one.wadesk.start();
    // the heartbeat comes between what the sweep read and what it writes
    Object.assign(storage.connections, {
      silent: async (...call: Parameters<typeof silent>) => {
        const rows = await silent(...call);
        await touch(rows.map((row) => ({ id: row.id, epoch: row.epoch, at: clock.now() })));
        return rows;
      },
    });
    await clock.advance(LIMIT + 15_000);
    expect([await stored({ storage }, id), told]).toMatchObject([{ state: "connected" }, []]);
  });

  it("is connected again when its heartbeat, which counts no version, came right before the write", async () => {
    const { one, id, clock, storage } = await openPair();
    const { touch, update } = storage.connections;
    await one.wadesk.start();
    let heard = false;
    Object.assign(storage.connections, {
      update: async (...call: Parameters<typeof update>) => {
        if (!heard) await touch([{ id, epoch: 1, at: clock.now() }]);
        heard = true;
        return update(...call);
      },
    });
    await clock.advance(LIMIT + 15_000);
    expect([heard, await stored({ storage }, id)]).toMatchObject([true, { state: "connected" }]);
  });

  it("is told of in the end though the storage fails once, whenever that is", async () => {
    for (let call = 1; call <= 12; call += 1) {
      const { one, id, told, clock, storage } = await openPair();
      await one.wadesk.start();
      await clock.advance(LIMIT - 1);
      one.faulty.failAt(call, "before");
      await clock.advance(60_000);
      expect([call, (await stored({ storage }, id))?.state, told.length]).toEqual([call, "disconnected", 1]);
    }
  });
});
