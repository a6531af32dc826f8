import type { InboundEvent } from "@wadesk/core/ports";
import { describe, expect, it } from "vitest";
import { type BridgeWorld, openBridge, ROUTE, SHOP } from "../testing/open-bridge.ts";

const to = { phone: "+15550002222" };
const text = (words: string) => ({ kind: "text", text: words }) as const;
const said = ({ events }: BridgeWorld): readonly unknown[] =>
  (events as readonly InboundEvent[]).flatMap((event) =>
    event.type === "message.received" && event.data.content.kind === "text" ? [event.data.content.text] : [],
  );

describe("a bridge", () => {
  it("links a phone and tells each step as it comes, and what came of it", async () => {
    const { link, shop } = await openBridge();
    const lines = await link();
    expect(lines.map((line) => ("step" in line ? line.step.type : Object.keys(line)[0]))).toEqual(["qr", "step", "step", "step", "linked"]);
    expect(lines.at(-1)).toMatchObject({
      linked: { route: ROUTE, phone: SHOP, status: { state: "connected" }, details: { platform: "android" }, seenMsAgo: 0 },
    });
    expect(shop.clients.map(({ isConnected }) => isConnected)).toEqual([true]);
  });

  it("brings what people write to the app as a channel within it would tell it", async () => {
    const world = await openBridge();
    await world.link();
    const id = world.ana.send(world.shop, "Are you open?");
    await expect.poll(() => said(world)).toEqual(["Are you open?"]);
    const event = world.events.find(({ type }) => type === "message.received");
    expect(event).toMatchObject({
      route: ROUTE,
      key: expect.stringMatching(new RegExp(`^${ROUTE}\\|.*${id}`)),
      orderKey: expect.stringContaining(`${ROUTE}|`),
      phoneOrderKey: `${ROUTE}|+15550002222`,
      data: { messageId: id, contact: { phone: "+15550002222" }, content: { text: "Are you open?" } },
    });
    expect(Object.keys(event?.data ?? {})).not.toContain("connection");
  });

  it("sends a message once, however often the call comes and under whichever id, and tells its statuses by the app's id", async () => {
    const world = await openBridge();
    const { call, ana } = world;
    await world.link();
    const given = { route: ROUTE, id: "msg_of_the_app", to, content: text("We are.") };
    const first = await call("send", given, "call_a");
    expect(first.providerId).toMatch(/./);
    expect([await call("send", given, "call_a"), await call("send", given, "call_b")]).toEqual([first, first]);
    await expect.poll(() => ana.messages.length).toBe(1);
    await expect
      .poll(() =>
        (world.events as readonly InboundEvent[]).flatMap((event) => (event.type === "message.status" ? [event.data.reference] : [])),
      )
      .toContain("msg_of_the_app");
  });

  it("tells how its numbers are every half minute, and at once when one turns", async () => {
    const world = await openBridge();
    const { time, numbers, shop, call } = world;
    await world.link();
    await time.advance(30_000);
    await expect.poll(() => numbers.at(-1)).toMatchObject({ route: ROUTE, status: { state: "connected" } });
    shop.unlink();
    await expect
      .poll(async () => {
        await time.advance(100);
        return numbers.at(-1)?.status;
      })
      .toMatchObject({ state: "disconnected", reason: "unlinked" });
    expect((await call("list", {})).numbers).toMatchObject([{ route: ROUTE, status: { reason: "unlinked" } }]);
  });

  it("keeps what came while the app was away, and brings it in order, once", async () => {
    const world = await openBridge();
    const { time, ana, shop, reports } = world;
    await world.link();
    world.answer("away");
    const words = Array.from({ length: 20 }, (_, index) => `word ${index}`);
    for (const each of words) ana.send(shop, each);
    const before = reports();
    await expect
      .poll(async () => {
        await time.advance(1000);
        return reports() - before;
      })
      .toBeGreaterThan(5);
    expect(said(world)).toEqual([]);
    const told = (): string => world.lines.map(({ data }) => JSON.stringify(data)).join("\n");
    for (const status of [503, 401] as const) {
      world.answer(status);
      const reported = reports();
      await expect
        .poll(async () => {
          await time.advance(1000);
          return reports() - reported;
        })
        .toBeGreaterThan(2);
    }
    // the text says which two values to compare
    await expect.poll(told).toMatch(/NODE_WEBHOOK_TOKEN here must equal the shared secret/);
    world.answer(200);
    await expect
      .poll(async () => {
        await time.advance(1000);
        return said(world).length;
      })
      .toBe(20);
    expect(said(world)).toEqual(words);
    expect((await world.bridge.wadesk.deadLetters.list()).items).toEqual([]);
  });

  it("takes a page that answers anything for no app, and brings it nothing", async () => {
    const world = await openBridge();
    const { time, ana, shop, bridge, reports } = world;
    await world.link();
    world.answer("page");
    expect(await bridge.askApp()).toMatchObject({ reached: "no", reason: expect.stringContaining("Check APP_DOMAIN_NAME") });
    const before = reports();
    ana.send(shop, "Are you open?");
    await expect
      .poll(async () => {
        await time.advance(1000);
        return reports() - before;
      })
      .toBeGreaterThan(1);
    expect(bridge.isAppAway()).toBe(true);
    world.answer(200);
    await expect
      .poll(async () => {
        await time.advance(1000);
        return said(world);
      })
      .toEqual(["Are you open?"]);
    expect(await bridge.askApp()).toEqual({ app: "https://chat.example.com/webhooks/wadesk-bridge", reached: "yes" });
  });

  it("keeps what the app refuses for good as a dead letter, and its neighbours are brought all the same", async () => {
    const world = await openBridge();
    const { time, ana, shop, bridge } = world;
    await world.link();
    world.answer(400);
    ana.send(shop, "refused");
    await expect
      .poll(async () => {
        await time.advance(60_000);
        return (await bridge.wadesk.deadLetters.list()).items.length;
      })
      .toBeGreaterThan(0);
    world.answer(200);
    await bridge.wadesk.deadLetters.replay((await bridge.wadesk.deadLetters.list()).items.map(({ event }) => event.key));
    await expect.poll(() => said(world)).toEqual(["refused"]);
  });

  it("links a number again that it has, and logs one out when it is told to", async () => {
    const world = await openBridge();
    const { call, shop } = world;
    await world.link();
    expect((await world.link()).at(-1)).toMatchObject({ linked: { route: ROUTE, status: { state: "connected" } } });
    expect((await call("check", { route: ROUTE })).status.state).toBe("connected");
    // what ended a minute ago is not what was linked since
    await call("disconnect", { route: ROUTE, endedMsAgo: 60_000 });
    expect((await call("check", { route: ROUTE })).status.state).toBe("connected");
    await call("disconnect", { route: ROUTE });
    // the first link is a device of the phone until its owner removes it
    expect(shop.clients.map(({ id }) => id)).toEqual([1]);
    await expect(call("send", { route: ROUTE, id: "msg_1", to, content: text("late") })).rejects.toMatchObject({
      said: { error: { code: "not_connected" } },
    });
    // gone already is gone
    await call("disconnect", { route: ROUTE });
    await call("disconnect", { route: "unofficial:acme:15559999999" });
  });

  it("forgets a number that was disconnected after ten minutes", async () => {
    const world = await openBridge();
    const { call, time } = world;
    await world.link();
    await call("disconnect", { route: ROUTE });
    await time.advance(9 * 60_000);
    expect((await call("list", {})).numbers).toHaveLength(1);
    await expect
      .poll(async () => {
        await time.advance(60_000);
        return (await call("list", {})).numbers;
      })
      .toEqual([]);
  });

  it("gives up an attempt to link when the app does, by a call or by reading no more", async () => {
    const world = await openBridge();
    const { request, call } = world;
    const begin = async () => {
      const response = await request("/v1/link", { workspaceId: "acme", phone: SHOP });
      const reader = response.body?.getReader();
      expect(new TextDecoder().decode((await reader?.read())?.value)).toContain('"qr"');
      return reader;
    };
    const reader = await begin();
    await call("cancel", { route: ROUTE });
    let last = "";
    for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read())
      last = new TextDecoder().decode(part.value);
    expect(JSON.parse(last)).toMatchObject({ failed: { code: "linking_cancelled" } });
    await (await begin())?.cancel();
    await expect.poll(async () => (await world.bridge.wadesk.workspace("acme").list()).items).toEqual([]);
  });
});
