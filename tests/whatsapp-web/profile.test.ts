import { createWhatsAppWeb, type Phone, type WhatsAppWeb } from "@wadesk/testing/whatsapp-web";
import type { BaileysEventMap } from "@whiskeysockets/baileys";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Bot, linkBot } from "./open-bot.ts";
import { tinyPng } from "./tiny-png.ts";

const READ = 4;
let web: WhatsAppWeb;
let shop: Phone;
let bob: Phone;
let bot: Bot;
let other: Bot;
beforeAll(async () => {
  web = await createWhatsAppWeb({ repeatedTokens: "allowed" });
  shop = web.addPhone({ number: "15550001111", name: "Shop" });
  bob = web.addPhone({ number: "15550002222", name: "Bob" });
  ({ bot } = await linkBot(web, shop));
  ({ bot: other } = await linkBot(web, shop));
});
afterEach(() => {
  shop.setPrivacy("readreceipts", "all");
  bob.setPrivacy("readreceipts", "all");
  web.assertClean();
});
afterAll(async () => {
  await bot.end();
  await other.end();
  await web.close();
});

const inbound = async (at: Bot, id: string) =>
  (await at.next("messages.upsert", ({ messages }) => messages[0]?.key.id === id)).messages[0]?.key ?? expect.fail();
const isRead = (at: Bot, id: string) =>
  at.next("messages.update", (updates) => updates.some(({ key, update }) => key.id === id && update.status === READ));

describe("a picture", () => {
  it("that a bot sets is shown to everybody, and its other clients are told", async () => {
    await bot.socket.updateProfilePicture(shop.jid, tinyPng());
    const [changed] = await other.next("contacts.update", ([contact]) => contact?.imgUrl !== undefined);
    expect(changed).toEqual({ id: shop.jid, imgUrl: "changed" });
    const url = await other.socket.profilePictureUrl(shop.jid, "image");
    const shown = Buffer.from(await (await fetch(url ?? "")).arrayBuffer());
    expect(shown.equals(shop.profile().picture ?? Buffer.alloc(0))).toBe(true);
    expect(shown.subarray(0, 3).toString("hex")).toBe("ffd8ff");
  });

  it("that a bot takes away is gone", async () => {
    shop.setPicture(Buffer.from("anything"));
    await bot.socket.removeProfilePicture(shop.jid);
    expect(shop.profile().picture).toBeUndefined();
    await expect(other.socket.profilePictureUrl(shop.jid)).rejects.toThrow("item-not-found");
  });

  it("of a contact that changes is told to the bot", async () => {
    bob.setPicture(Buffer.from("new"));
    const bobs = (imgUrl: string) => bot.next("contacts.update", ([contact]) => contact?.id === bob.jid && contact.imgUrl === imgUrl);
    await bobs("changed");
    expect(await (await fetch((await bot.socket.profilePictureUrl(bob.jid)) ?? "")).text()).toBe("new");
    bob.setPicture(undefined);
    await bobs("removed");
  });

  it("that its person shows to nobody is refused", async () => {
    bob.setPicture(Buffer.from("private"));
    bob.setPrivacy("profile", "none");
    await expect(bot.socket.profilePictureUrl(bob.jid)).rejects.toThrow("not-authorized");
    bob.setPrivacy("profile", "all");
  });

  it("of somebody else, and one that is no picture, is refused", async () => {
    await expect(bot.socket.updateProfilePicture(bob.jid, tinyPng())).rejects.toThrow("forbidden");
    await expect(bot.socket.removeProfilePicture(bob.jid)).rejects.toThrow("forbidden");
    const request = { tag: "iq", attrs: { to: "s.whatsapp.net", type: "set", xmlns: "w:profile:picture" } };
    const content = [{ tag: "picture", attrs: { type: "image" }, content: Buffer.from("no picture") }];
    await expect(bot.socket.query({ ...request, content })).rejects.toThrow("not-acceptable");
  });
});

describe("what a person has set", () => {
  it("by a bot is known on the phone", async () => {
    await bot.socket.updateProfileStatus("open until six");
    await bot.socket.updateLastSeenPrivacy("contacts");
    await bot.socket.updateBlockStatus(bob.jid, "block");
    expect(shop.profile()).toMatchObject({ status: "open until six", privacy: { last: "contacts" }, blocked: [bob.jid] });
    expect(await other.next("blocklist.update")).toEqual({ blocklist: [bob.jid], type: "add" });
    await bot.socket.updateBlockStatus(bob.lid, "unblock");
    expect(await other.next("blocklist.update")).toEqual({ blocklist: [bob.jid], type: "remove" });
    expect(shop.profile().blocked).toEqual([]);
  });

  it("on the phone is known to a bot", async () => {
    bob.setStatus("at work");
    shop.setPrivacy("online", "match_last_seen");
    expect(await bot.socket.fetchStatus(bob.jid)).toMatchObject([{ status: { status: "at work" } }]);
    expect(await bot.socket.fetchPrivacySettings(true)).toMatchObject({ online: "match_last_seen" });
    expect(() => shop.setPrivacy("weather", "none")).toThrow("no privacy of weather");
  });

  it.each([
    ["somebody who is not on WhatsApp", { action: "block", jid: "9999999999999999@lid" }, "item-not-found"],
    ["a LID with another's number", { action: "block", pn_jid: "15550001111@s.whatsapp.net" }, "bad-request"],
    ["nothing that there is to do", { action: "ignore" }, "bad-request"],
  ])("a block of %s is refused", async (_what, attrs, text) => {
    const content = [{ tag: "item", attrs: { jid: bob.lid, ...attrs } }];
    const request = { tag: "iq", attrs: { to: "s.whatsapp.net", type: "set", xmlns: "blocklist" }, content };
    await expect(bot.socket.query(request)).rejects.toThrow(text);
  });

  it("of a kind that there is not is refused, and not kept", async () => {
    const content = [{ tag: "privacy", attrs: {}, content: [{ tag: "category", attrs: { name: "weather", value: "none" } }] }];
    const request = { tag: "iq", attrs: { to: "s.whatsapp.net", type: "set", xmlns: "privacy" }, content };
    await expect(bot.socket.query(request)).rejects.toThrow("bad-request");
    expect(shop.profile().privacy).not.toHaveProperty("weather");
  });
});

describe("what was read", () => {
  it("by one client is read at the others", async () => {
    const id = bob.send(shop, "for one of you");
    const key = await inbound(bot, id);
    await inbound(other, id);
    await bot.socket.readMessages([key]);
    const [update] = await isRead(other, id);
    expect(update?.key).toMatchObject({ remoteJid: bob.lid, id, fromMe: false });
    await bob.receipt(({ ids, type }) => type === "read" && ids.includes(id));
  });

  it("on the phone is read at the clients", async () => {
    const ids = [bob.send(shop, "one"), bob.send(shop, "two")] as const;
    for (const id of ids) await inbound(bot, id);
    shop.readHere(bob, ...ids);
    const updates = await isRead(bot, ids[0]);
    expect(updates.map(({ key }) => [key.remoteJid, key.id, key.fromMe])).toEqual(ids.map((id) => [bob.jid, id, false]));
  });

  it("by somebody who hides it is known to the own devices alone", async () => {
    shop.setPrivacy("readreceipts", "none");
    await bot.socket.fetchPrivacySettings(true);
    const id = bob.send(shop, "have you seen it?");
    const key = await inbound(bot, id);
    await bot.socket.readMessages([key]);
    await shop.receipt(({ ids, type }) => type === "read-self" && ids.includes(id));
    await isRead(other, id);
    expect(bob.receipts.some(({ ids, type }) => type.startsWith("read") && ids.includes(id))).toBe(false);
    shop.setPrivacy("readreceipts", "all");
    await bot.socket.fetchPrivacySettings(true);
  });

  it("by a contact who hides it is not told to the bot", async () => {
    bob.setPrivacy("readreceipts", "none");
    const sent = await bot.socket.sendMessage(bob.jid, { text: "have you?" });
    bob.read(await bob.received(({ id }) => id === sent?.key.id));
    bob.setPrivacy("readreceipts", "all");
    const next = await bot.socket.sendMessage(bob.jid, { text: "and this?" });
    bob.read(await bob.received(({ id }) => id === next?.key.id));
    await isRead(bot, next?.key.id ?? "");
    const updates = bot.events.flatMap(({ name, data }) =>
      name === "messages.update" ? (data as BaileysEventMap["messages.update"]) : [],
    );
    const read = updates.filter(({ update }) => update.status === READ).map(({ key }) => key.id);
    expect(read).toContain(next?.key.id);
    expect(read).not.toContain(sent?.key.id);
  });
});
