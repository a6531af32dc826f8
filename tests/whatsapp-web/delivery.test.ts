import { createWhatsAppWeb, type LinkedClient, type Phone, type WhatsAppWeb } from "@wadesk/testing/whatsapp-web";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Bot, linkBot, openBot } from "./open-bot.ts";

const SENT = 3;
const READ = 4;
let web: WhatsAppWeb;
let shop: Phone;
let bob: Phone;
let bot: Bot;
let client: LinkedClient;
beforeAll(async () => {
  web = await createWhatsAppWeb({ repeatedTokens: "allowed" });
  shop = web.addPhone({ number: "15550001111", name: "Shop" });
  bob = web.addPhone({ number: "15550002222", name: "Bob", companions: 1 });
  ({ bot, client } = await linkBot(web, shop));
});
afterEach(() => web.assertClean());
afterAll(async () => {
  await bot.end();
  await web.close();
});

const status = (id: string | null | undefined, value: number) =>
  bot.next("messages.update", (updates) => updates.some(({ key, update }) => key.id === id && update.status === value));
const textOf = ({ content }: { readonly content: { readonly extendedTextMessage?: { readonly text?: string } } }) =>
  content.extendedTextMessage?.text;

describe("a message of a client", () => {
  it("arrives at every device of the contact, each decrypting for itself", async () => {
    const sent = await bot.socket.sendMessage(bob.jid, { text: "for both" });
    await bob.received();
    const copies = bob.messages.filter(({ id }) => id === sent?.key.id);
    expect(copies.map(({ device }) => device)).toEqual([0, 1]);
    expect(copies.map(textOf)).toEqual(["for both", "for both"]);
    expect(bob.unreadable).toEqual([]);
  });

  it("arrives as a copy at the account's own phone, with the chat it belongs to", async () => {
    const sent = await bot.socket.sendMessage(bob.jid, { text: "mine too" });
    const copy = await shop.copied(({ id }) => id === sent?.key.id);
    expect(copy).toMatchObject({ fromMe: true, chat: bob.jid, from: client.jid });
    expect(textOf(copy)).toBe("mine too");
  });

  it("is acknowledged by the server", async () => {
    const id = "3EB0ACKNOWLEDGED";
    const acknowledged = bot.socket.waitForMessage(id, 5_000) as Promise<unknown>;
    await bot.socket.sendMessage(bob.jid, { text: "acknowledged?" }, { messageId: id });
    expect(await acknowledged).toMatchObject({ tag: "ack", attrs: { class: "message", from: bob.jid } });
  });

  it("is delivered, then read: two receipts, each an update of its own", async () => {
    const sent = await bot.socket.sendMessage(bob.jid, { text: "read me" });
    await status(sent?.key.id, SENT);
    bob.read(await bob.received(({ id }) => id === sent?.key.id));
    await status(sent?.key.id, READ);
  });

  it("to a LID is answered with receipts by LID", async () => {
    const sent = await bot.socket.sendMessage(bob.lid, { text: "by LID" });
    const updates = await status(sent?.key.id, SENT);
    expect(updates[0]?.key.remoteJid).toBe(bob.lid);
    bob.read(await bob.received(({ id }) => id === sent?.key.id));
    await status(sent?.key.id, READ);
  });

  it("to a phone that is offline is delivered when it comes back", async () => {
    bob.goOffline();
    const sent = await bot.socket.sendMessage(bob.jid, { text: "later" });
    await shop.copied(({ id }) => id === sent?.key.id);
    expect(bob.messages.some(({ id }) => id === sent?.key.id)).toBe(false);
    bob.goOnline();
    await status(sent?.key.id, SENT);
  });

  it("to a number that is not on WhatsApp reaches the own phone alone", async () => {
    const sent = await bot.socket.sendMessage("15559999999@s.whatsapp.net", { text: "nobody" });
    expect((await shop.copied(({ id }) => id === sent?.key.id)).chat).toBe("15559999999@s.whatsapp.net");
  });

  it.each([463, 479])("that the server refuses with %i becomes an error and goes nowhere", async (code) => {
    web.fault({ kind: "message_refused", code });
    const sent = await bot.socket.sendMessage(bob.jid, { text: "refused" });
    const updates = await bot.next("messages.update", (all) => all.some(({ key }) => key.id === sent?.key.id));
    expect(updates[0]?.update).toMatchObject({ status: 0, messageStubParameters: expect.arrayContaining([String(code)]) });
    expect(bob.messages.some(({ id }) => id === sent?.key.id)).toBe(false);
  });
});

describe("a message of a contact", () => {
  const inbound = (id: string) => bot.next("messages.upsert", ({ messages }) => messages[0]?.key.id === id);

  it("comes with the sender's name, LID and number", async () => {
    const { messages, type } = await inbound(bob.send(shop, "hello"));
    expect(type).toBe("notify");
    expect(messages[0]).toMatchObject({
      key: { remoteJid: bob.lid, remoteJidAlt: bob.jid, fromMe: false },
      pushName: "Bob",
      message: { conversation: "hello" },
    });
  });

  it("comes by number where it is sent so, and in a session of its own where one was begun by LID", async () => {
    const max = web.addPhone({ number: "15550005555", name: "Max" });
    await bot.socket.sendMessage(max.lid, { text: "by LID" });
    await max.received();
    const { messages } = await inbound(max.send(shop, "the old way", { addressing: "number" }));
    expect(messages[0]).toMatchObject({ key: { remoteJid: max.jid, remoteJidAlt: max.lid }, message: { conversation: "the old way" } });
    expect((await inbound(max.send(shop, "the new way"))).messages[0]?.message).toMatchObject({ conversation: "the new way" });
  });

  it("is answered by LID", async () => {
    const eve = web.addPhone({ number: "15550003333", name: "Eve" });
    const { messages } = await inbound(eve.send(shop, "guess who"));
    expect(messages[0]).toMatchObject({ key: { remoteJid: eve.lid }, message: { conversation: "guess who" } });
    await bot.socket.sendMessage(eve.lid, { text: "you are Eve" });
    expect(textOf(await eve.received())).toBe("you are Eve");
  });

  it("is receipted by the client, and read when the bot says so", async () => {
    const id = bob.send(shop, "seen?");
    const { messages } = await inbound(id);
    expect((await bob.receipt(({ ids }) => ids.includes(id))).from).toBe(client.jid);
    await bot.socket.readMessages([messages[0]?.key ?? {}]);
    expect(await bob.receipt(({ ids, type }) => ids.includes(id) && type === "read")).toMatchObject({ from: client.jid });
  });

  it("goes on in the session that the client began, in both directions", async () => {
    for (const turn of ["one", "two", "three"]) {
      await inbound(bob.send(shop, turn, { addressing: "number" }));
      await bot.socket.sendMessage(bob.jid, { text: `${turn} back` });
      expect(textOf(await bob.received((message) => textOf(message) === `${turn} back`))).toBe(`${turn} back`);
    }
    expect(bob.messages.findLast(({ device }) => device === 0)?.encryption).toBe("msg");
  });

  it("written on the own phone comes as the bot's own", async () => {
    const { messages } = await inbound(shop.send(bob, "typed on the phone"));
    expect(messages[0]).toMatchObject({ key: { remoteJid: bob.lid, fromMe: true }, message: { conversation: "typed on the phone" } });
  });

  it("is an answer by script", async () => {
    const stop = bob.answer((message) => (textOf(message) === "ping" ? "pong" : undefined));
    await bot.socket.sendMessage(bob.jid, { text: "ping" });
    const { messages } = await bot.next("messages.upsert", (upsert) => upsert.messages[0]?.message?.conversation === "pong");
    expect(messages[0]?.key.remoteJid).toBe(bob.lid);
    stop();
  });

  it("by a script that fails is no message: what it failed on was read, and whoever waits learns why", async () => {
    const stop = bob.answer(() => {
      throw new Error("expected a price");
    });
    const unreadable = bob.unreadable.length;
    const waiting = expect(bob.receipt(() => false)).rejects.toThrow("expected a price");
    const sent = await bot.socket.sendMessage(bob.jid, { text: "what is it?" });
    await waiting;
    stop();
    expect(web.takeComplaints()).toEqual([`the script by which 15550002222 answers failed on message ${sent?.key.id}: expected a price`]);
    expect(bob.unreadable.length).toBe(unreadable);
    expect(bob.messages.some(({ id, device }) => id === sent?.key.id && device === 0)).toBe(true);
  });

  it("waits while the client is away, and comes once when it is back", async () => {
    await bot.end();
    await client.disconnected();
    const before = client.waiting;
    const id = bob.send(shop, "while you were out");
    expect(client.waiting).toBe(before + 1);
    bot = openBot(web, {}, bot.store);
    const { messages } = await inbound(id);
    expect(messages[0]?.message?.conversation).toBe("while you were out");
    await bob.receipt(({ ids }) => ids.includes(id));
    await expect.poll(() => client.waiting).toBe(0);
  });
});

describe("two real clients", () => {
  it("talk to each other through the server", async () => {
    const ann = web.addPhone({ number: "15550004444", name: "Ann" });
    const other = await linkBot(web, ann);
    await bot.socket.sendMessage(ann.jid, { text: "client to client" });
    const { messages } = await other.bot.next("messages.upsert", (upsert) => upsert.messages[0]?.key.fromMe === false);
    expect(messages[0]).toMatchObject({ key: { remoteJid: shop.jid }, message: { extendedTextMessage: { text: "client to client" } } });
    await other.bot.socket.sendMessage(shop.jid, { text: "and back" });
    await bot.next("messages.upsert", (upsert) => upsert.messages[0]?.message?.extendedTextMessage?.text === "and back");
    await other.bot.end();
  });
});
