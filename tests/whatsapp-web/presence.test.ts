import { createWhatsAppWeb, type Phone, type WhatsAppWeb } from "@wadesk/testing/whatsapp-web";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Bot, linkBot } from "./open-bot.ts";

let web: WhatsAppWeb;
let shop: Phone;
let bob: Phone;
let bot: Bot;
beforeAll(async () => {
  web = await createWhatsAppWeb({ repeatedTokens: "allowed" });
  shop = web.addPhone({ number: "15550001111", name: "Shop" });
  bob = web.addPhone({ number: "15550002222", name: "Bob" });
  ({ bot } = await linkBot(web, shop));
});
afterEach(() => web.assertClean());
afterAll(async () => {
  await bot.end();
  await web.close();
});

const seen = (jid: string, state: string) => bot.next("presence.update", ({ presences }) => presences[jid]?.lastKnownPresence === state);

describe("presence", () => {
  it("of a contact comes to who has subscribed, at once and with every change", async () => {
    await bot.socket.presenceSubscribe(bob.jid);
    await seen(bob.jid, "unavailable");
    bob.appear("available");
    await seen(bob.jid, "available");
    bob.appear("unavailable");
    const { presences } = await seen(bob.jid, "unavailable");
    expect(presences[bob.jid]?.lastSeen).toEqual(expect.any(Number));
  });

  it("of somebody else does not", async () => {
    const eve = web.addPhone({ number: "15550003333" });
    eve.appear("available");
    bob.appear("available");
    await seen(bob.jid, "available");
    expect(bot.events.some(({ name, data }) => name === "presence.update" && "id" in data && data.id === eve.jid)).toBe(false);
  });

  it("of the bot comes to a phone that watches it", async () => {
    bob.watch(shop);
    bot.socket.authState.creds.me = { ...bot.socket.authState.creds.me, id: bot.socket.user?.id ?? "", name: "Shop" };
    await bot.socket.sendPresenceUpdate("available");
    expect(await bob.presence(({ state }) => state === "available")).toMatchObject({ chat: undefined });
    await bot.socket.sendPresenceUpdate("unavailable");
    await bob.presence(({ state }) => state === "unavailable");
  });
});

describe("typing", () => {
  it.each(["composing", "recording"] as const)("of a contact: %s", async (state) => {
    bob.write(shop, state);
    await seen(bob.lid, state);
    bob.write(shop, "paused");
    await seen(bob.lid, "available");
  });

  it.each(["composing", "recording", "paused"] as const)("of the bot: %s", async (state) => {
    await bot.socket.sendPresenceUpdate(state, bob.jid);
    expect(await bob.presence((presence) => presence.state === state)).toMatchObject({ chat: shop.jid });
  });

  it("in a group names who it is", async () => {
    const group = bob.createGroup({ subject: "Typing", members: [shop] });
    bob.write(group, "composing");
    expect((await seen(bob.jid, "composing")).id).toBe(group.jid);
    await bot.socket.sendPresenceUpdate("composing", group.jid);
    await bob.presence(({ chat }) => chat === group.jid);
  });
});
