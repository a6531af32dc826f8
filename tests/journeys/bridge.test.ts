import { describe, expect, it } from "vitest";
import { freePort } from "./story/free-port.ts";
import { BRIDGE_SECRET, linkBridged, openBridged } from "./world/open-bridged.ts";
import { SHOP } from "./world/open-phones.ts";

const text = (words: string) => ({ kind: "text", text: words }) as const;
const ANA = "+15550002222";
const OTHER_SECRET = "another secret of thirty-two chars";

describe("a phone that is linked through a bridge", () => {
  it("shows its steps, is written to and answers, from whichever process of the app", async () => {
    const world = await openBridged();
    const { app, shop, ana, anotherApp } = world;
    const { id, steps } = await linkBridged(world, app);
    expect(steps).toEqual(["check", "check", "qr", "restarting", "syncing", "syncing", "ready"]);
    const acme = app.wadesk.workspace("acme");
    expect(await acme.get(id)).toMatchObject({
      phone: SHOP,
      route: "unofficial:acme:15550001111",
      speaker: "unofficial:bridge:default",
      status: { state: "connected" },
      details: { platform: "android", bridge: "default" },
    });
    const asked = ana.send(shop, "Are you open?");
    const { data } = await app.received.next();
    expect(data).toMatchObject({
      messageId: asked,
      content: { text: "Are you open?" },
      contact: { phone: ANA },
      connection: { id },
    });
    // one that was never started sends as well
    const other = anotherApp().wadesk.workspace("acme");
    const sent = await other.send({ to: data.contact, content: text("We are.") });
    await expect
      .poll(() => ana.messages.map(({ content }) => content.conversation ?? content.extendedTextMessage?.text))
      .toContain("We are.");
    expect((await app.statuses.next()).data).toMatchObject({ messageId: sent.providerId, message: { id: sent.id } });
    await other.markRead({ messageId: asked, from: id });
    expect((await other.check(id)).status.state).toBe("connected");
  });

  it("is told of as silent when its bridge was not heard for 90 seconds, and comes back by itself", async () => {
    const world = await openBridged();
    const { app, time, answerReports, bridgeLines } = world;
    const { id } = await linkBridged(world, app);
    const state = async () => (await app.wadesk.workspace("acme").get(id)).status;
    await time.advance(60_000);
    await expect.poll(state).toMatchObject({ state: "connected" });
    answerReports(503);
    // a report that was under way may have arrived while the time moved
    await expect
      .poll(async () => {
        await time.advance(95_000);
        return state();
      })
      .toMatchObject({ state: "disconnected", reason: "silent" });
    answerReports();
    await expect
      .poll(async () => {
        await time.advance(30_000);
        return state();
      })
      .toMatchObject({ state: "connected" });
    expect(bridgeLines.map(({ message }) => message)).toContain("the app does not take reports; they wait here and are brought again");
  });

  it("sends nothing while its bridge is away, which fails the call and leaves the connection as it is", async () => {
    const world = await openBridged();
    const { app, ana, anotherApp } = world;
    const { id } = await linkBridged(world, app);
    // where nothing listens
    const away = anotherApp({ url: `http://127.0.0.1:${await freePort()}` }).wadesk.workspace("acme");
    await expect(away.send({ to: ANA, content: text("lost") })).rejects.toMatchObject({
      code: "bridge_unreachable",
      message: expect.stringContaining("Check that it runs, and its Server URL"),
    });
    await expect(away.check(id)).rejects.toMatchObject({ code: "bridge_unreachable" });
    await expect(away.connect("unofficial", { phone: ANA })).rejects.toMatchObject({ code: "bridge_unreachable" });
    expect((await away.list()).items).toMatchObject([{ id, status: { state: "connected" } }]);
    expect(ana.messages).toEqual([]);
  });

  it("sends once though the answer is lost, and that it went out is known by its status", async () => {
    const world = await openBridged();
    const { app, ana, time, answerCalls } = world;
    await linkBridged(world, app);
    answerCalls("after it is done, with nothing");
    const sending = app.wadesk.workspace("acme").send({ to: ANA, content: text("once"), idempotencyKey: "k" });
    await expect(sending).rejects.toMatchObject({ code: "outcome_unknown" });
    answerCalls("as usual");
    await expect
      .poll(async () => {
        await time.advance(1000);
        return app.wadesk
          .workspace("acme")
          .send({ to: ANA, content: text("once"), idempotencyKey: "k" })
          .then(
            ({ providerId }) => providerId,
            () => "unknown",
          );
      })
      .not.toBe("unknown");
    expect(ana.messages).toHaveLength(1);
  });

  it("is logged out when it is disconnected, and can be linked again", async () => {
    const world = await openBridged();
    const { app, shop } = world;
    const { id } = await linkBridged(world, app);
    const acme = app.wadesk.workspace("acme");
    expect((await acme.disconnect(id)).status).toMatchObject({ state: "disconnected", reason: "requested" });
    expect(shop.clients).toEqual([]);
    const linking = acme.reconnect(id, "unofficial", { phone: SHOP });
    for await (const step of linking) if (step.type === "qr") await shop.scan(step.text);
    expect((await linking).status.state).toBe("connected");
    shop.unlink();
    await expect
      .poll(async () => {
        await world.time.advance(100);
        return (await acme.get(id)).status;
      })
      .toMatchObject({ state: "disconnected", reason: "unlinked" });
  });

  it("is not linked when the attempt is cancelled, and nothing of it stays on either side", async () => {
    const world = await openBridged();
    const { app, bridge } = world;
    const acme = app.wadesk.workspace("acme");
    const linking = acme.connect("unofficial", { phone: SHOP });
    for await (const step of linking) {
      if (step.type !== "qr") continue;
      void linking.cancel();
      break;
    }
    await expect(linking).rejects.toMatchObject({ code: "linking_cancelled" });
    expect((await acme.list()).items).toEqual([]);
    await expect.poll(async () => (await bridge.wadesk.workspace("acme").list()).items).toEqual([]);
  });
});

describe("a secret that differs", () => {
  it("is refused by both sides, each of which says which two values to compare", async () => {
    const world = await openBridged({ bridge: { secrets: OTHER_SECRET } });
    const { app, time, bridgeLines } = world;
    await expect(app.wadesk.workspace("acme").connect("unofficial", { phone: SHOP })).rejects.toMatchObject({
      code: "bridge_unreachable",
      message: expect.stringMatching(/NODE_WEBHOOK_TOKEN of the bridge must equal the shared secret that the app has/),
    });
    expect((await app.wadesk.workspace("acme").list()).items).toEqual([]);
    await time.advance(30_000);
    expect(bridgeLines.map(({ message }) => message).join("\n")).toMatch(/NODE_WEBHOOK_TOKEN of the bridge must equal/);
  });

  it("is exchanged side by side, with no call and no report refused", async () => {
    const world = await openBridged({ bridge: { secrets: [OTHER_SECRET, BRIDGE_SECRET] } });
    const { app, anotherApp, ana, shop } = world;
    await linkBridged(world, app);
    for (const secret of [BRIDGE_SECRET, OTHER_SECRET]) {
      const sent = await anotherApp({ secret })
        .wadesk.workspace("acme")
        .send({ to: ANA, content: text("still here") });
      expect(sent.providerId).toMatch(/./);
    }
    ana.send(shop, "heard");
    expect((await app.received.next()).data.content).toMatchObject({ text: "heard" });
  });
});
