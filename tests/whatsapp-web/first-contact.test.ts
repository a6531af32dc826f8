import { createWhatsAppWeb, type WhatsAppWeb } from "@wadesk/testing/whatsapp-web";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { linkBot, openBot } from "./open-bot.ts";

let web: WhatsAppWeb;
beforeEach(async () => {
  web = await createWhatsAppWeb({ repeatedTokens: "allowed" });
});
afterEach(() => web.close());

describe("an unmodified Baileys client", () => {
  it("is linked by QR code, restarts and opens as device 1 of the account", async () => {
    const shop = web.addPhone({ number: "15550001111", name: "Shop" });
    const { bot, client } = await linkBot(web, shop);
    expect(bot.socket.user).toMatchObject({ id: client.jid, lid: client.lid });
    expect(client).toMatchObject({ id: 1, jid: "15550001111:1@s.whatsapp.net", isConnected: true });
    await bot.end();
  });

  it("sends a text that the contact's phone decrypts, and its own phone gets a copy", async () => {
    const shop = web.addPhone({ number: "15550001111" });
    const bob = web.addPhone({ number: "15550002222", name: "Bob" });
    const { bot } = await linkBot(web, shop);
    const sent = await bot.socket.sendMessage(bob.jid, { text: "héllo wörld 👋" });
    expect(await bob.received()).toMatchObject({ id: sent?.key.id, content: { extendedTextMessage: { text: "héllo wörld 👋" } } });
    expect(await shop.copied()).toMatchObject({ chat: bob.jid, content: { extendedTextMessage: { text: "héllo wörld 👋" } } });
    await bot.end();
  });

  it("receives a text of a contact", async () => {
    const shop = web.addPhone({ number: "15550001111" });
    const bob = web.addPhone({ number: "15550002222", name: "Bob" });
    const { bot } = await linkBot(web, shop);
    bob.send(shop, "hi from bob");
    const { messages } = await bot.next("messages.upsert", (upsert) => upsert.messages[0]?.key.fromMe === false);
    expect(messages[0]).toMatchObject({
      key: { remoteJid: bob.lid, fromMe: false },
      message: { conversation: "hi from bob" },
      pushName: "Bob",
    });
    await bot.end();
  });

  it("gets the keys of the app state from its phone, whatever the phone tells of the past", async () => {
    const shop = web.addPhone({ number: "15550001111" });
    const { bot } = await linkBot(web, shop);
    const { messages } = await bot.next("messages.upsert");
    expect(messages[0]).toMatchObject({ key: { fromMe: true }, message: { protocolMessage: { appStateSyncKeyShare: { keys: [{}] } } } });
    await bot.end();
  });

  it("shows a QR code of the server", async () => {
    const bot = openBot(web);
    expect(await bot.qr()).toContain("wa.me/settings/linked_devices#2@");
    await bot.end();
  });
});
