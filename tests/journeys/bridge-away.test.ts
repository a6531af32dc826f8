import { describe, expect, it } from "vitest";
import { freePort } from "./story/free-port.ts";
import { type BridgedWorld, linkBridged, openBridged } from "./world/open-bridged.ts";
import { SHOP } from "./world/open-phones.ts";

/** The bridge has gone, for this app: nothing listens where it was. */
const whereNobodyListens = async ({ anotherApp }: BridgedWorld) =>
  anotherApp({ url: `http://127.0.0.1:${await freePort()}` }).wadesk.workspace("acme");
const beat = ({ time }: BridgedWorld): Promise<void> => time.advance(30_000);
const session = async ({ bridge }: BridgedWorld) => (await bridge.wadesk.workspace("acme").list()).items[0]?.status;

describe("a number that ends while its bridge is away", () => {
  it.each(["disconnect", "remove"] as const)(
    "by %s, ends in the app at once, and is logged out when the bridge reports again",
    async (how) => {
      const world = await openBridged();
      const { app, shop } = world;
      const { id } = await linkBridged(world, app);
      const acme = await whereNobodyListens(world);
      await acme[how](id);
      const { items } = await acme.list();
      expect(items.map(({ status }) => status)).toMatchObject(how === "remove" ? [] : [{ state: "disconnected", reason: "requested" }]);
      expect(shop.clients).toHaveLength(1);
      await expect
        .poll(async () => {
          await beat(world);
          return shop.clients;
        })
        .toEqual([]);
    },
  );

  it("by a disconnect and a remove after it, is logged out too", async () => {
    const world = await openBridged();
    const { app, shop } = world;
    const { id } = await linkBridged(world, app);
    const acme = await whereNobodyListens(world);
    await acme.disconnect(id);
    await acme.remove(id);
    await expect
      .poll(async () => {
        await beat(world);
        return shop.clients;
      })
      .toEqual([]);
  });

  it("stays when it was linked again before the bridge heard of it", async () => {
    const world = await openBridged();
    const { app, shop, time } = world;
    const { id } = await linkBridged(world, app);
    await (await whereNobodyListens(world)).disconnect(id);
    await time.advance(1000);
    const linking = app.wadesk.workspace("acme").reconnect(id, "unofficial", { phone: SHOP });
    for await (const step of linking) if (step.type === "qr") await shop.scan(step.text);
    expect((await linking).status.state).toBe("connected");
    for (let beats = 0; beats < 3; beats += 1) await beat(world);
    expect((await app.wadesk.workspace("acme").check(id)).status.state).toBe("connected");
  });
});

describe("a number that the app does not know", () => {
  it("is stopped and stays linked, both sides say so, and it goes on once the app knows it", async () => {
    const world = await openBridged();
    const { app, shop, time, storage, bridgeLines } = world;
    const { id } = await linkBridged(world, app);
    const row = await storage.connections.get("acme", id);
    // as after an older backup: the row is gone, and nothing says that it has ended
    const { byRoute } = storage.connections;
    let isForgotten = true;
    Object.assign(storage.connections, { byRoute: async (route: string) => (isForgotten ? undefined : byRoute(route)) });
    const isOpen = (): boolean => shop.clients.some(({ isConnected }) => isConnected);
    await expect
      .poll(async () => {
        await beat(world);
        return isOpen();
      })
      .toBe(false);
    expect(time.now() - (row?.connectedAt ?? 0)).toBeGreaterThanOrEqual(5 * 60_000);
    expect(shop.clients).toHaveLength(1);
    expect(bridgeLines.map(({ message }) => message).join("\n")).toContain("the app does not know it");
    expect(app.lines.map(({ message }) => message).join("\n")).toContain("a bridge keeps a number that no connection here has");
    await time.advance(120_000);
    expect([isOpen(), await session(world)]).toMatchObject([false, { state: "disconnected", reason: "silent" }]);
    // an app that cannot say so does not know it any better
    world.answerCalls("not at all");
    for (let beats = 0; beats < 4; beats += 1) await beat(world);
    expect(isOpen()).toBe(false);
    world.answerCalls("as usual");
    isForgotten = false;
    await expect
      .poll(async () => {
        await beat(world);
        return isOpen();
      })
      .toBe(true);
    await expect
      .poll(async () => {
        await beat(world);
        return (await app.wadesk.workspace("acme").get(id)).status.state;
      })
      .toBe("connected");
  });

  it("is logged out once the app says that it has ended", async () => {
    const world = await openBridged();
    const { app, shop, storage } = world;
    const { id } = await linkBridged(world, app);
    const { byRoute } = storage.connections;
    let isForgotten = true;
    Object.assign(storage.connections, { byRoute: async (route: string) => (isForgotten ? undefined : byRoute(route)) });
    await expect
      .poll(async () => {
        await beat(world);
        return shop.clients.some(({ isConnected }) => isConnected);
      })
      .toBe(false);
    isForgotten = false;
    await (await whereNobodyListens(world)).remove(id);
    await expect
      .poll(async () => {
        await beat(world);
        return shop.clients;
      })
      .toEqual([]);
  });
});
