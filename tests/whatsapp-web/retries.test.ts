import { createWhatsAppWeb, type LinkedClient, type Phone, type ReceivedMessage, type WhatsAppWeb } from "@wadesk/testing/whatsapp-web";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Bot, linkBot } from "./open-bot.ts";

const UNREADABLE = 2;
const DELIVERED = 3;
const PLAYED = 5;
let web: WhatsAppWeb;
let shop: Phone;
let bob: Phone;
let bot: Bot;
let client: LinkedClient;
beforeAll(async () => {
  web = await createWhatsAppWeb({ repeatedTokens: "allowed" });
  shop = web.addPhone({ number: "15550001111", name: "Shop" });
  bob = web.addPhone({ number: "15550002222", name: "Bob", companions: 1 });
  ({ bot, client } = await linkBot(web, shop, {
    retryRequestDelayMs: 0,
    // Baileys 7.0.0-rc14 keeps what it sent by the chat's address, and looks for it by that of the device which asks
    getMessage: async ({ id }) => (id === "3EB0COMPANION" ? { extendedTextMessage: { text: "on the tablet too" } } : undefined),
  }));
});
afterEach(() => web.assertClean());
afterAll(async () => {
  await bot.end();
  await web.close();
});

const textOf = ({ content }: ReceivedMessage) => content.extendedTextMessage?.text;
const status = (id: string | null | undefined, value: number) =>
  bot.next("messages.update", (updates) => updates.some(({ key, update }) => key.id === id && update.status === value));
const arrived = (id: string) => bot.next("messages.upsert", ({ messages: [first] }) => first?.key.id === id && first.message != null);
const asked = (id: string) => bob.receipt(({ ids, type }) => ids.includes(id) && type === "retry");

describe("a receipt", () => {
  it("of a voice message says that it was played", async () => {
    const sent = await bot.socket.sendMessage(bob.jid, { text: "as if it were one" });
    bob.play(await bob.received(({ id }) => id === sent?.key.id));
    await status(sent?.key.id, PLAYED);
  });

  it("of several messages names them all", async () => {
    const ids = [bob.send(shop, "one"), bob.send(shop, "two"), bob.send(shop, "three")];
    const keys = (await Promise.all(ids.map(arrived))).map(({ messages }) => messages[0]?.key ?? {});
    await bot.socket.readMessages(keys);
    expect((await bob.receipt(({ type }) => type === "read")).ids).toEqual(ids);
  });

  it("is not sent to the contact where the account keeps reading to itself", async () => {
    await bot.socket.updateReadReceiptsPrivacy("none");
    await bot.socket.fetchPrivacySettings(true);
    const { messages } = await arrived(bob.send(shop, "seen?"));
    await bot.socket.readMessages([messages[0]?.key ?? {}]);
    await shop.receipt(({ type }) => type === "read-self");
    expect(bob.receipts.some(({ type }) => type === "read-self")).toBe(false);
    await bot.socket.updateReadReceiptsPrivacy("all");
    await bot.socket.fetchPrivacySettings(true);
  });

  it("comes for a message that was sent again, which the phone has once all the same", async () => {
    const id = "3EB0TWICE";
    for (const _time of [1, 2]) {
      const acknowledged = bot.socket.waitForMessage(id, 5_000) as Promise<unknown>;
      await bot.socket.sendMessage(bob.jid, { text: "twice" }, { messageId: id });
      await acknowledged;
      await status(id, DELIVERED);
    }
    expect(bob.messages.filter((message) => message.id === id && message.device === 0)).toHaveLength(1);
  });
});

describe("a message of a client that a device cannot read", () => {
  it("because it lost its session is asked for again, and comes under the same id", async () => {
    await bot.socket.sendMessage(bob.jid, { text: "before" });
    await bob.received((message) => textOf(message) === "before");
    // only a session that the other side has answered in goes on without its beginning
    await arrived(bob.send(shop, "answered"));
    await bot.socket.sendMessage(bob.jid, { text: "in session" });
    await bob.received((message) => textOf(message) === "in session" && message.encryption === "msg");
    bob.forgetSessions();
    const sent = await bot.socket.sendMessage(bob.jid, { text: "lost and found" });
    expect(textOf(await bob.received(({ id }) => id === sent?.key.id))).toBe("lost and found");
    expect(bob.unreadable.filter(({ id }) => id === sent?.key.id).map(({ reason }) => reason)).toContainEqual(
      expect.stringContaining("no session"),
    );
  });

  it("because a bit was flipped on its way is asked for again", async () => {
    web.fault({ kind: "message_changed", operation: "3EB0FLIPPED" });
    await bot.socket.sendMessage(bob.jid, { text: "every bit" }, { messageId: "3EB0FLIPPED" });
    expect(textOf(await bob.received(({ id }) => id === "3EB0FLIPPED"))).toBe("every bit");
    expect(bob.unreadable).toContainEqual(
      expect.objectContaining({ id: "3EB0FLIPPED", device: 0, reason: expect.stringContaining("MAC") }),
    );
  });

  it("again and again is asked for with keys from the second time on, until the client gives up", async () => {
    web.fault({ kind: "message_changed", operation: "3EB0HOPELESS", times: 100 });
    await bot.socket.sendMessage(bob.jid, { text: "hopeless" }, { messageId: "3EB0HOPELESS" });
    const failed = () => bob.unreadable.filter(({ id, device }) => id === "3EB0HOPELESS" && device === 0).length;
    // Baileys 7.0.0-rc14 counts each request twice against its limit of five
    await web.until("the last attempt", () => (failed() === 3 ? true : undefined));
    await bot.socket.sendMessage(bob.jid, { text: "something else" });
    await bob.received((message) => textOf(message) === "something else");
    expect(failed()).toBe(3);
    expect(bob.messages.some(({ id, device }) => id === "3EB0HOPELESS" && device === 0)).toBe(false);
    expect(web.transcript()).toMatch(/<retry count="2" id="3EB0HOPELESS"[\s\S]*?<keys>/);
  });

  it("only on another device is sent again to that device alone", async () => {
    const before = bob.messages.length;
    web.fault({ kind: "message_changed", operation: "3EB0COMPANION:1" });
    await bot.socket.sendMessage(bob.jid, { text: "on the tablet too" }, { messageId: "3EB0COMPANION" });
    await web.until("both devices", () => {
      const devices = bob.messages.slice(before).filter(({ id }) => id === "3EB0COMPANION");
      return devices.length === 2 ? true : undefined;
    });
    const devices = bob.messages.slice(before).filter(({ id }) => id === "3EB0COMPANION");
    expect(devices.map(({ device }) => device).sort()).toEqual([0, 1]);
    expect(devices.map(textOf)).toEqual(["on the tablet too", "on the tablet too"]);
    expect(web.transcript()).toContain('device_fanout="false"');
  });

  it("a second time, with the same counter, is refused without being asked for", async () => {
    web.fault({ kind: "message_repeated", operation: "3EB0REPLAYED" });
    await bot.socket.sendMessage(bob.jid, { text: "once" }, { messageId: "3EB0REPLAYED" });
    await bob.received(({ id }) => id === "3EB0REPLAYED");
    expect(bob.unreadable).toContainEqual(
      expect.objectContaining({ id: "3EB0REPLAYED", reason: expect.stringContaining("was read before") }),
    );
    expect(bob.messages.filter(({ id, device }) => id === "3EB0REPLAYED" && device === 0)).toHaveLength(1);
    expect(web.transcript()).not.toContain('id="3EB0REPLAYED" type="retry"');
  });
});

describe("a message of a phone that a client cannot read", () => {
  it.each([
    ["for a flipped bit", "ciphertext"],
    ["for wrong padding", "padding"],
    ["for a session that it does not have", "session"],
  ] as const)("%s shows as a placeholder, is asked for, and arrives under the same id", async (_why, flaw) => {
    const id = bob.send(shop, `sent with a flawed ${flaw}`, { flaw });
    const { messages } = await bot.next("messages.upsert", (upsert) => upsert.messages[0]?.key.id === id);
    expect(messages[0]).toMatchObject({ messageStubType: UNREADABLE });
    expect(await asked(id)).toMatchObject({ from: client.jid });
    expect((await arrived(id)).messages[0]?.message?.conversation).toBe(`sent with a flawed ${flaw}`);
    await bob.receipt(({ ids, type }) => ids.includes(id) && type !== "retry");
    await expect.poll(() => client.waiting).toBe(0);
  });

  it("written by LID is asked for and sent again by LID", async () => {
    const id = bob.send(shop, "hidden number", { flaw: "ciphertext", addressing: "lid" });
    await asked(id);
    const { messages } = await arrived(id);
    expect(messages[0]?.key.remoteJid).toBe(bob.lid);
  });

  it("of the own account is asked for at the own phone", async () => {
    const id = shop.send(bob, "my own words", { flaw: "ciphertext" });
    await shop.receipt(({ ids, type }) => ids.includes(id) && type === "retry");
    expect((await arrived(id)).messages[0]).toMatchObject({
      key: { fromMe: true, remoteJid: bob.lid },
      message: { conversation: "my own words" },
    });
  });

  it("because it is a second copy is dropped: the client has it", async () => {
    web.fault({ kind: "stanza_doubled", operation: "message" });
    const id = bob.send(shop, "once is enough");
    await arrived(id);
    await arrived(bob.send(shop, "next"));
    const copies = bot.events.filter(({ name, data }) => name === "messages.upsert" && JSON.stringify(data).includes(id));
    expect(copies).toHaveLength(1);
    expect(web.transcript()).toContain('error="487"');
  });
});
