import { describe, expect, it } from "vitest";
import { type EchoWorld, openEcho } from "../testing/open-echo.ts";

const input = { number: "+111", token: "tok-1", account: "A" };
const NEVER = new Promise<never>(() => {});
const LOCK_MS = 9000;

/** A process beside one that ended when its vendor was changed: its row stands, and its locks are renewed no more. */
async function besideTheDead(options: Parameters<typeof openEcho>[0] = {}): Promise<EchoWorld & { readonly id: string }> {
  const world = openEcho({ maxPerWorkspace: 1, ...options });
  const clock = { ...world.clock, after: () => () => {} };
  const dying = openEcho({ maxPerWorkspace: 1, beside: { ...world, clock } });
  const reached = Promise.withResolvers<void>();
  dying.vendor.onSubscribed = () => {
    reached.resolve();
    return NEVER;
  };
  const { connectionId } = dying.wadesk.workspace("acme").connect("echo", input);
  await reached.promise;
  return { ...world, id: connectionId };
}

const left = async ({ storage, id }: EchoWorld & { readonly id: string }): Promise<readonly string[]> => {
  const { items } = await storage.records.scan("");
  const names = items.map(({ namespace, key }) => `${namespace} ${key}`).filter((name) => name.includes(id));
  return (await storage.connections.get("acme", id)) === undefined ? names : [...names, "the row"];
};

describe("an attempt whose process ended", () => {
  it("keeps its place for nine seconds, and then counts for nothing", async () => {
    const world = await besideTheDead();
    const acme = world.wadesk.workspace("acme");
    await world.clock.advance(LOCK_MS - 1);
    await expect(acme.connect("echo", { ...input, number: "+222" })).rejects.toMatchObject({ code: "limit_reached" });
    await world.clock.advance(1);
    expect((await acme.connect("echo", { ...input, number: "+222" })).status.state).toBe("connected");
    expect(await left(world)).toEqual([]);
  });

  it("leaves its number to any workspace", async () => {
    const world = await besideTheDead();
    const rival = world.wadesk.workspace("rival");
    await world.clock.advance(LOCK_MS);
    expect((await rival.connect("echo", input)).status.state).toBe("connected");
    expect(await left(world)).toEqual([]);
  });

  it("is ended by upkeep", async () => {
    const world = await besideTheDead();
    const removed: unknown[] = [];
    world.wadesk.on("connection.removed", (change) => void removed.push(change));
    await world.wadesk.start();
    await world.clock.advance(30_000);
    expect([await left(world), removed]).toEqual([[], [{ workspaceId: "acme", connectionId: world.id }]]);
  });

  it("is ended by a drain, and a drain that cannot end it says so and succeeds", async () => {
    const world = await besideTheDead();
    await world.clock.advance(LOCK_MS);
    const { scan } = world.storage.records;
    Object.assign(world.storage.records, { scan: () => Promise.reject(new Error("away")) });
    await world.wadesk.drain();
    expect(world.log.filter((line) => line.includes("could not be removed"))).toHaveLength(1);
    Object.assign(world.storage.records, { scan });
    await world.wadesk.drain();
    expect(await left(world)).toEqual([]);
  });

  it("is ended by the round of checks after an hour, where an older version left it without a record", async () => {
    const world = await besideTheDead({ upkeep: { checkEveryMs: 60_000 } });
    await world.storage.records.clear("linking/");
    await world.wadesk.start();
    await world.clock.advance(59 * 60_000);
    expect(await left(world)).toContain("the row");
    await world.clock.advance(3 * 60_000);
    expect(await left(world)).toEqual([]);
  });

  it("becomes a connection by a reconnect, which nobody ends meanwhile", async () => {
    const world = await besideTheDead();
    await world.clock.advance(LOCK_MS);
    const gate = Promise.withResolvers<void>();
    world.vendor.onConnect = () => gate.promise;
    const again = world.wadesk.workspace("acme").reconnect(world.id, "echo", input);
    await world.clock.advance(60_000);
    await world.wadesk.drain();
    gate.resolve();
    expect(await again).toMatchObject({ id: world.id, status: { state: "connected" } });
    expect((await world.storage.records.scan("linking/")).items).toEqual([]);
  });
});

describe("an attempt whose process lives", () => {
  it("is ended by nobody, however long its vendor takes", async () => {
    const world = openEcho({ maxPerWorkspace: 1 });
    const other = openEcho({ maxPerWorkspace: 1, beside: world });
    const gate = Promise.withResolvers<void>();
    world.vendor.onConnect = () => gate.promise;
    const linking = world.wadesk.workspace("acme").connect("echo", input);
    await other.wadesk.start();
    await world.clock.advance(2 * 60 * 60_000);
    await other.wadesk.drain();
    await expect(other.wadesk.workspace("acme").connect("echo", input)).rejects.toMatchObject({ code: "limit_reached" });
    gate.resolve();
    expect((await linking).status.state).toBe("connected");
    await other.wadesk.stop();
  });

  it("leaves no record, whether it ends well or badly", async () => {
    const world = openEcho();
    const acme = world.wadesk.workspace("acme");
    await acme.connect("echo", input);
    world.vendor.onConnect = () => Promise.reject(new Error("no"));
    await expect(acme.connect("echo", { ...input, number: "+222" })).rejects.toThrow("no");
    expect((await world.storage.records.scan("linking/")).items).toEqual([]);
  });

  it("keeps its record where its row could not be removed, and upkeep removes both", async () => {
    const world = openEcho();
    const acme = world.wadesk.workspace("acme");
    const remove = world.storage.connections.delete;
    world.vendor.onConnect = () => Promise.reject(new Error("no"));
    Object.assign(world.storage.connections, { delete: () => Promise.reject(new Error("away")) });
    await expect(acme.connect("echo", input)).rejects.toThrow("no");
    expect((await acme.list()).counts.all).toBe(1);
    Object.assign(world.storage.connections, { delete: remove });
    await world.wadesk.drain();
    expect((await acme.list()).counts.all).toBe(0);
  });
});

it("a lock whose process ended is waited for, and no waiter gives up before it ends", async () => {
  const world = await besideTheDead();
  const removing = world.wadesk.workspace("acme").remove(world.id);
  await world.clock.advance(10_000);
  await removing;
  expect(await left(world)).not.toContain("the row");
});
