import type { Connection, LinkStep } from "@wadesk/core";
import { describe, expect, it } from "vitest";
import { en } from "../../packages/devices/src/elements/labels/en/en.ts";
import { lookOf } from "../../packages/devices/src/elements/state/look-of.ts";
import { freePort } from "./story/free-port.ts";
import { type BridgedWorld, linkBridged, openBridged } from "./world/open-bridged.ts";
import { SHOP } from "./world/open-phones.ts";
import { outcomeOf } from "./world/rendered.ts";

const { chips, reasons, remedies } = en.states;
const ANA = "+15550002222";
const OTHER_SECRET = "another secret of thirty-two chars";
const DAY_MS = 24 * 60 * 60_000;
const text = (words: string) => ({ kind: "text", text: words }) as const;
const nowhere = async (): Promise<string> => `http://127.0.0.1:${await freePort()}`;

/** What stands on a card of the screen: its state, why, and what can be done. */
function cardOf({ status, connectedAt, advice }: Connection): readonly (string | undefined)[] {
  const { chip, remedy } = lookOf({ status, connectedAt, advice } as Parameters<typeof lookOf>[0], true);
  const why = status.state === "connected" ? undefined : (reasons as Readonly<Record<string, string>>)[status.reason];
  return [chips[chip], why, remedy && remedies[remedy]];
}

const card = async ({ app }: Pick<BridgedWorld, "app">, id: string) => cardOf(await app.wadesk.workspace("acme").get(id));
const told = (lines: BridgedWorld["bridgeLines"]): string => lines.map(({ message }) => message).join("\n");

/** Links the shop's phone, doing with the steps what a person does; what came of it. */
async function linking({ app }: Pick<BridgedWorld, "app">, doing: (step: LinkStep, seen: number) => unknown) {
  const attempt = app.wadesk.workspace("acme").connect("unofficial", { phone: SHOP });
  let seen = 0;
  return outcomeOf(async () => {
    for await (const step of attempt) {
      if (step.type === "qr") seen += 1;
      await doing(step, seen);
    }
    return await attempt;
  });
}

/** Advances the time until it is so, as the parts of the world beat. */
const comesTo = (world: BridgedWorld, id: string, state: string) =>
  expect
    .poll(async () => {
      await world.time.advance(30_000);
      return card(world, id);
    })
    .toContain(state);

const SILENT = [chips.disconnected, reasons.silent, remedies.checkNow];

describe("QR will not scan, pairing never completes", () => {
  it("since the service does not run at the Server URL: the screen says so, and where to look; it pairs once it does", async () => {
    const world = await openBridged();
    const away = world.anotherApp({ url: await nowhere() });
    expect(await linking({ app: away }, () => {})).toMatchObject({
      code: "bridge_unreachable",
      remedy: "retry",
      message: expect.stringContaining("nothing answers at its address. Check that it runs, and its Server URL"),
    });
    expect(en.pairing.bridge).toBe("The helper service does not answer");
    expect(en.pairing.bridgeTodo).toEqual([
      "The helper service is running.",
      "The *Server URL* in Settings, System Message Setting is its address.",
      "The shared secret is the same on both sides.",
    ]);
    expect(await away.wadesk.settings.probe("unofficial")).toMatchObject([{ ok: false, code: "bridge_silent" }]);
    expect((await away.wadesk.workspace("acme").list()).items).toEqual([]);
    expect(cardOf((await linking(world, (step) => step.type === "qr" && world.shop.scan(step.text))) as Connection)).toEqual([
      chips.connected,
      undefined,
      undefined,
    ]);
  });

  it("since a stale QR was scanned: the phone refuses it, another one is shown by itself, and that links", async () => {
    const world = await openBridged();
    const texts: string[] = [];
    const linked = await linking(world, async (step, seen) => {
      if (step.type !== "qr") return;
      texts.push(step.text);
      if (seen === 1) return world.web.refreshQr(step.text, "companion_reg_refresh");
      await expect(world.shop.scan(texts[0] ?? "")).rejects.toThrow();
      await world.shop.scan(step.text);
    });
    expect(cardOf(linked as Connection)[0]).toBe(chips.connected);
    expect(new Set(texts).size).toBe(texts.length);
  });

  it("since another phone scanned: it reads Mismatch, nothing is connected, and a pairing from scratch works", async () => {
    const world = await openBridged();
    expect(await linking(world, (step) => step.type === "qr" && world.ana.scan(step.text))).toMatchObject({ code: "number_mismatch" });
    expect([en.pairing.mismatch, reasons.number_mismatch]).toEqual(["Mismatch", "Another number was scanned."]);
    expect([world.ana.clients, (await world.app.wadesk.workspace("acme").list()).items]).toEqual([[], []]);
    await linkBridged(world, world.app);
  });
});

describe("helper service offline, sends not going out", () => {
  it("since it was not restarted: each send says so, the card reads silent after 90 seconds, and both mend by themselves", async () => {
    const world = await openBridged();
    const { id } = await linkBridged(world, world.app);
    const acme = world.app.wadesk.workspace("acme");
    world.answerCalls("not at all");
    await world.bridge.stop({ withinMs: 1 });
    const away = world.anotherApp({ url: await nowhere() }).wadesk.workspace("acme");
    expect(await outcomeOf(() => away.send({ to: ANA, content: text("lost") }))).toMatchObject({
      code: "bridge_unreachable",
      message: expect.stringContaining("Check that it runs, and its Server URL"),
    });
    await world.time.advance(60_000);
    expect(await card(world, id)).toEqual([chips.connected, undefined, undefined]);
    await world.time.advance(35_000);
    expect(await card(world, id)).toEqual(SILENT);
    await world.restartBridge();
    world.answerCalls("as usual");
    await comesTo(world, id, chips.connected);
    await acme.send({ to: ANA, content: text("We are.") });
    await expect.poll(() => world.ana.messages.length).toBe(1);
  });

  it("since the shared secret differs: every status update is refused, so that the card never turns; each place names the two values", async () => {
    const world = await openBridged();
    const { id } = await linkBridged(world, world.app);
    await world.bridge.stop({ withinMs: 1 });
    await world.restartBridge({ secrets: OTHER_SECRET });
    await comesTo(world, id, chips.disconnected);
    expect(await card(world, id)).toEqual(SILENT);
    expect(await outcomeOf(() => world.app.wadesk.workspace("acme").check(id))).toMatchObject({
      code: "bridge_unreachable",
      message: expect.stringContaining("NODE_WEBHOOK_TOKEN of the bridge must equal the shared secret that the app has"),
    });
    expect(JSON.stringify(world.bridgeLines)).toContain("NODE_WEBHOOK_TOKEN here must equal the shared secret");
    expect(await world.app.wadesk.settings.probe("unofficial")).toMatchObject([{ ok: false, code: "bridge_secret_differs" }]);
  });

  it("since APP_DOMAIN_NAME is another address: the card reads silent, the log and the probe name the address, and what came in waits", async () => {
    const world = await openBridged();
    const { id } = await linkBridged(world, world.app);
    await world.bridge.stop({ withinMs: 1 });
    const app = await nowhere();
    await world.restartBridge({ app });
    await comesTo(world, id, chips.disconnected);
    expect(await card(world, id)).toEqual(SILENT);
    expect(told(world.bridgeLines)).toContain("the app does not take reports; they wait here and are brought again");
    expect(JSON.stringify(world.bridgeLines)).toContain("Check APP_DOMAIN_NAME");
    expect(await world.app.wadesk.settings.probe("unofficial")).toMatchObject([
      { ok: false, code: "bridge_cannot_reach_app", values: { app } },
    ]);
    world.ana.send(world.shop, "Are you open?");
    // of a number that is not heard nobody knows whether it could
    expect(await outcomeOf(() => world.app.wadesk.workspace("acme").send({ to: ANA, content: text("We are.") }))).toMatchObject({
      code: "not_connected",
      message: expect.stringContaining("is disconnected: silent"),
    });
    await world.bridge.stop({ withinMs: 1 });
    await world.restartBridge();
    expect((await world.app.received.next()).data.content).toMatchObject({ text: "Are you open?" });
    await comesTo(world, id, chips.connected);
  });

  it("since the phone has not opened WhatsApp for two weeks: the card says so, and that it is to be paired again", async () => {
    const world = await openBridged();
    const { id } = await linkBridged(world, world.app);
    await world.bridge.stop({ withinMs: 1 });
    world.shop.goOffline();
    await world.time.advance(14.1 * DAY_MS);
    await world.restartBridge();
    await comesTo(world, id, reasons.phone_inactive);
    expect(await card(world, id)).toEqual([chips.disconnected, reasons.phone_inactive, remedies.pairAgain]);
  });

  it("since the device was removed on the phone: the card reads disconnected, and pairing again mends it", async () => {
    const world = await openBridged();
    const { id } = await linkBridged(world, world.app);
    world.shop.unlink();
    await comesTo(world, id, chips.disconnected);
    expect(await card(world, id)).toEqual([chips.disconnected, reasons.unlinked, remedies.pairAgain]);
    const again = world.app.wadesk.workspace("acme").reconnect(id, "unofficial", { phone: SHOP });
    for await (const step of again) if (step.type === "qr") await world.shop.scan(step.text);
    expect(cardOf(await again)[0]).toBe(chips.connected);
  });
});
