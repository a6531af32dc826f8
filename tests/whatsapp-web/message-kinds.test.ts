import { createHash } from "node:crypto";
import { createWhatsAppWeb, type Phone, type ReceivedMessage, type WhatsAppWeb } from "@wadesk/testing/whatsapp-web";
import { type AnyMessageContent, decryptPollVote, type proto, type WAMessage } from "@whiskeysockets/baileys";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Bot, linkBot } from "./open-bot.ts";

let web: WhatsAppWeb;
let shop: Phone;
let bob: Phone;
let bot: Bot;
beforeAll(async () => {
  web = await createWhatsAppWeb({ repeatedTokens: "allowed" });
  shop = web.addPhone({ number: "15550001111", name: "Shop", companions: 1 });
  bob = web.addPhone({ number: "15550002222", name: "Bob", companions: 1 });
  ({ bot } = await linkBot(web, shop));
});
afterEach(() => web.assertClean());
afterAll(async () => {
  await bot.end();
  await web.close();
});

/** Sends with the bot and waits for it at Bob's phone. */
async function sent(content: AnyMessageContent, options = {}): Promise<{ readonly mine: WAMessage; readonly theirs: ReceivedMessage }> {
  const mine = await bot.socket.sendMessage(bob.lid, content, options);
  if (mine === undefined) throw new Error("nothing was sent");
  return { mine, theirs: await bob.received(({ id }) => id === mine.key.id) };
}

/** Waits at the bot for a message. */
async function arrived(id: string): Promise<WAMessage> {
  const { messages } = await bot.next("messages.upsert", (upsert) => upsert.messages.some(({ key }) => key.id === id));
  const found = messages.find(({ key }) => key.id === id);
  if (found === undefined) throw new Error("unreachable");
  return found;
}

describe("what a bot sends arrives as it was meant:", () => {
  it("an edit, with its mark on the stanza", async () => {
    const { mine } = await sent({ text: "teh" });
    const { theirs } = await sent({ text: "the", edit: mine.key });
    expect(theirs.attributes.edit).toBe("1");
    expect(theirs.content.protocolMessage).toMatchObject({
      key: { id: mine.key.id, fromMe: true },
      editedMessage: { extendedTextMessage: { text: "the" } },
    });
  });

  it("a deletion, with its mark on the stanza", async () => {
    const { mine } = await sent({ text: "oops" });
    const { theirs } = await sent({ delete: mine.key });
    expect(theirs.attributes.edit).toBe("7");
    expect(theirs.content.protocolMessage).toMatchObject({ key: { id: mine.key.id }, type: 0 });
  });

  it("a reaction and its end", async () => {
    const key = (await arrived(bob.send(shop, "nice?"))).key;
    const { theirs } = await sent({ react: { text: "👍", key } });
    expect(theirs.attributes.type).toBe("reaction");
    expect(theirs.content.reactionMessage).toMatchObject({ text: "👍", key: { id: key.id } });
    expect((await sent({ react: { text: "", key } })).theirs.content.reactionMessage).toMatchObject({ text: "" });
  });

  it("a quoted reply", async () => {
    const quoted = await arrived(bob.send(shop, "how much?"));
    const { theirs } = await sent({ text: "a lot" }, { quoted });
    expect(theirs.content.extendedTextMessage).toMatchObject({
      text: "a lot",
      contextInfo: { stanzaId: quoted.key.id, quotedMessage: { conversation: "how much?" } },
    });
  });

  it("a mention", async () => {
    const { theirs } = await sent({ text: "hello @15550002222", mentions: [bob.jid] });
    expect(theirs.content.extendedTextMessage).toMatchObject({ contextInfo: { mentionedJid: [bob.jid] } });
  });

  it("a location", async () => {
    const { theirs } = await sent({ location: { degreesLatitude: 52.5, degreesLongitude: 13.25, name: "Here" } });
    expect(theirs.content.locationMessage).toMatchObject({ degreesLatitude: 52.5, degreesLongitude: 13.25, name: "Here" });
  });

  it("a contact, and several", async () => {
    const card = (name: string) => ({ displayName: name, vcard: `BEGIN:VCARD\nFN:${name}\nEND:VCARD` });
    const { theirs } = await sent({ contacts: { displayName: "Eve", contacts: [card("Eve")] } });
    expect(theirs.content.contactMessage).toMatchObject(card("Eve"));
    const both = await sent({ contacts: { displayName: "2 contacts", contacts: [card("Eve"), card("Ann")] } });
    expect(both.theirs.content.contactsArrayMessage).toMatchObject({ contacts: [card("Eve"), card("Ann")] });
  });

  it("the setting of disappearing messages, and a message under it", async () => {
    const { theirs } = await sent({ disappearingMessagesInChat: 86_400 });
    expect(theirs.content).toMatchObject({
      ephemeralMessage: { message: { protocolMessage: { type: 3, ephemeralExpiration: 86_400 } } },
    });
    const under = await sent({ text: "soon gone" }, { ephemeralExpiration: 86_400 });
    expect(under.theirs.content).toMatchObject({ extendedTextMessage: { text: "soon gone", contextInfo: { expiration: 86_400 } } });
  });

  it("an answer to a button, which is what Baileys can send of buttons", async () => {
    const { theirs } = await sent({ buttonReply: { displayText: "Yes", id: "yes", index: 0 }, type: "plain" });
    expect(theirs.content.buttonsResponseMessage).toMatchObject({ selectedButtonId: "yes", selectedDisplayText: "Yes" });
  });

  it("a list as raw content, whose media type the ciphertext bears", async () => {
    const listMessage = {
      title: "Pick",
      buttonText: "Open",
      listType: 1,
      sections: [{ title: "A", rows: [{ title: "One", rowId: "1" }] }],
    };
    const id = await bot.socket.relayMessage(bob.lid, { listMessage }, {});
    expect((await bob.received((message) => message.id === id)).content.listMessage).toMatchObject({
      title: "Pick",
      sections: [{ title: "A" }],
    });
  });

  it("a poll, in which Bob's vote can be read with the poll's secret", async () => {
    const { mine, theirs } = await sent({ poll: { name: "Lunch?", values: ["Pizza", "Soup"], selectableCount: 1 } });
    expect(theirs.content.pollCreationMessageV3).toMatchObject({
      name: "Lunch?",
      options: [{ optionName: "Pizza" }, { optionName: "Soup" }],
    });
    const update = (await arrived(bob.send(shop, bob.vote(theirs, "Soup")))).message?.pollUpdateMessage;
    expect(update?.pollCreationMessageKey?.id).toBe(mine.key.id);
    const secret = mine.message?.messageContextInfo?.messageSecret ?? new Uint8Array();
    const context = { pollEncKey: secret, pollCreatorJid: shop.jid, pollMsgId: mine.key.id ?? "", voterJid: bob.jid };
    const { selectedOptions } = decryptPollVote(update?.vote as proto.Message.IPollEncValue, context);
    expect(selectedOptions.map((hash) => Buffer.from(hash))).toEqual([createHash("sha256").update("Soup").digest()]);
    expect(() => decryptPollVote(update?.vote as proto.Message.IPollEncValue, { ...context, voterJid: shop.jid })).toThrow();
  });

  it("a message to oneself reaches the own phone as what it is", async () => {
    const mine = await bot.socket.sendMessage(shop.jid, { text: "note to self" });
    expect(await shop.copied(({ id }) => id === mine?.key.id)).toMatchObject({
      chat: shop.jid,
      content: { extendedTextMessage: { text: "note to self" } },
    });
  });
});

describe("what a phone sends arrives as it was meant:", () => {
  it("an edit updates the message it is for", async () => {
    const id = bob.send(shop, "teh");
    await arrived(id);
    bob.send(shop, {
      protocolMessage: { key: { remoteJid: shop.jid, fromMe: true, id }, type: 14, editedMessage: { conversation: "the" } },
    });
    const [update] = await bot.next("messages.update", (all) => all.some(({ key }) => key.id === id));
    expect(update?.update.message?.editedMessage?.message?.conversation).toBe("the");
  });

  it("a deletion empties the message it is for", async () => {
    const id = bob.send(shop, "oops");
    await arrived(id);
    bob.send(shop, { protocolMessage: { key: { remoteJid: shop.jid, fromMe: true, id }, type: 0 } });
    const [update] = await bot.next("messages.update", (all) => all.some(({ key }) => key.id === id));
    expect(update?.update).toMatchObject({ message: null, messageStubType: 1 });
  });

  it("a reaction to the bot's message is of the bot's message", async () => {
    const { mine } = await sent({ text: "like me" });
    bob.send(shop, { reactionMessage: { key: { remoteJid: shop.jid, fromMe: false, id: mine.key.id }, text: "❤️" } });
    const [reaction] = await bot.next("messages.reaction");
    expect(reaction).toMatchObject({ key: { id: mine.key.id, fromMe: true, remoteJid: bob.lid }, reaction: { text: "❤️" } });
  });

  it.each([
    ["a location", { locationMessage: { degreesLatitude: 1.5, degreesLongitude: 2.5 } }],
    ["a contact", { contactMessage: { displayName: "Eve", vcard: "BEGIN:VCARD\nEND:VCARD" } }],
    ["an answer from a list", { listResponseMessage: { title: "One", singleSelectReply: { selectedRowId: "1" } } }],
    ["a reply", { extendedTextMessage: { text: "re", contextInfo: { stanzaId: "ABC", quotedMessage: { conversation: "what" } } } }],
    ["a poll", { pollCreationMessageV3: { name: "Lunch?", options: [{ optionName: "Soup" }], selectableOptionsCount: 1 } }],
  ])("%s", async (_what, content) => {
    expect((await arrived(bob.send(shop, content))).message).toMatchObject(content);
  });

  it("a message of Bob's other device", async () => {
    const message = await arrived(bob.send(shop, "from my tablet", { device: 1 }));
    expect(message).toMatchObject({ key: { remoteJid: bob.lid, fromMe: false }, message: { conversation: "from my tablet" } });
    expect(web.transcript()).toContain(`from="${bob.lid.replace("@", ":1@")}"`);
  });

  it("what the bot's account writes on another companion is the bot's own", async () => {
    const message = await arrived(shop.send(bob, "from the desktop", { device: 1 }));
    expect(message).toMatchObject({ key: { remoteJid: bob.lid, fromMe: true }, message: { conversation: "from the desktop" } });
  });

  it("a note to oneself, written on the phone", async () => {
    expect(await arrived(shop.send(shop, "milk"))).toMatchObject({
      key: { remoteJid: shop.lid, fromMe: true },
      message: { conversation: "milk" },
    });
  });

  it("nothing of a device that the account does not have", () => {
    expect(() => bob.send(shop, "?", { device: 7 })).toThrow("no device 7");
  });
});

describe("a block", () => {
  it("by the contact: the bot has its ack, and the contact nothing", async () => {
    bob.block(shop);
    const id = "3EB0BLOCKED";
    const acknowledged = bot.socket.waitForMessage(id, 5_000) as Promise<unknown>;
    await bot.socket.sendMessage(bob.lid, { text: "hello?" }, { messageId: id });
    expect(await acknowledged).not.toHaveProperty("attrs.error");
    await shop.copied((message) => message.id === id);
    expect(bob.messages.some((message) => message.id === id)).toBe(false);
    bob.unblock(shop);
    await sent({ text: "hello again" });
  });

  it("by the bot's account: what the contact writes does not come", async () => {
    shop.block(bob);
    expect(await bot.next("blocklist.update")).toEqual({ blocklist: [bob.jid], type: "add" });
    const id = bob.send(shop, "let me in");
    shop.unblock(bob);
    await arrived(bob.send(shop, "thanks"));
    expect(bot.events.some(({ name, data }) => name === "messages.upsert" && JSON.stringify(data).includes(id))).toBe(false);
  });
});
