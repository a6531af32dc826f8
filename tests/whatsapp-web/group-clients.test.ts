import { createWhatsAppWeb, type Phone, type WhatsAppWeb } from "@wadesk/testing/whatsapp-web";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Bot, linkBot } from "./open-bot.ts";

const MEMBERS = 200;
const ENOUGH_MS = 30_000;
let web: WhatsAppWeb;
let shop: Phone;
let ann: Phone;
let one: Bot;
let two: Bot;
beforeAll(async () => {
  web = await createWhatsAppWeb({ repeatedTokens: "allowed", groupAddressing: "lid" });
  shop = web.addPhone({ number: "15550001111", name: "Shop" });
  ann = web.addPhone({ number: "15550002222", name: "Ann" });
  ({ bot: one } = await linkBot(web, shop, {
    getMessage: async ({ id }) => (id === "3EB0LOST" ? { conversation: "lost and found" } : undefined),
  }));
  ({ bot: two } = await linkBot(web, ann, { retryRequestDelayMs: 0 }));
});
afterEach(() => web.assertClean());
afterAll(async () => {
  await Promise.all([one.end(), two.end()]);
  await web.close();
});

const hears = (bot: Bot, text: string) =>
  bot.next("messages.upsert", ({ messages }) => messages[0]?.message?.extendedTextMessage?.text === text);

describe("two real clients", () => {
  it("go on after one has lost its session: it asks the other for the message again", async () => {
    await one.socket.sendMessage(ann.jid, { text: "hello" });
    await hears(two, "hello");
    await two.socket.sendMessage(shop.jid, { text: "hello back" });
    await hears(one, "hello back");
    await two.socket.signalRepository.deleteSession([shop.lid.replace("@", ":1@"), shop.jid.replace("@", ":1@")]);
    await one.socket.sendMessage(ann.jid, { text: "lost and found" }, { messageId: "3EB0LOST" });
    const found = await two.next("messages.upsert", ({ messages }) => messages[0]?.message?.conversation === "lost and found");
    expect(found.messages[0]?.key).toMatchObject({ id: "3EB0LOST", fromMe: false });
    expect(
      two.events.some(({ name, data }) => name === "messages.upsert" && "messages" in data && data.messages[0]?.messageStubType === 2),
    ).toBe(true);
  });
});

describe("two real clients in a group", () => {
  it("hear each other, each under the other's LID, and see each other's receipts", async () => {
    const { id, addressingMode } = await one.socket.groupCreate("Both", [ann.jid]);
    expect(addressingMode).toBe("lid");
    await two.next("groups.upsert", ([first]) => first?.id === id);
    for (const [from, to, person] of [
      [one, two, shop],
      [two, one, ann],
      [one, two, shop],
    ] as const) {
      const text = `said by ${person.name} at ${from.events.length}`;
      const sent = await from.socket.sendMessage(id, { text });
      const { messages } = await hears(to, text);
      expect(messages[0]?.key).toMatchObject({ remoteJid: id, fromMe: false, participant: person.lid, participantAlt: person.jid });
      await from.next("message-receipt.update", (all) => all.some(({ key }) => key.id === sent?.key.id));
      await to.socket.readMessages([messages[0]?.key ?? {}]);
      await from.next("message-receipt.update", (all) =>
        all.some(({ key, receipt }) => key.id === sent?.key.id && receipt.readTimestamp != null),
      );
    }
  });

  it("no longer hear each other once one was removed, and do again once added", async () => {
    const { id } = await one.socket.groupCreate("On and off", [ann.jid]);
    await one.socket.sendMessage(id, { text: "you are in" });
    await hears(two, "you are in");
    await one.socket.groupParticipantsUpdate(id, [ann.lid], "remove");
    await one.socket.sendMessage(id, { text: "you are out" });
    await shop.copied(({ content }) => content.extendedTextMessage?.text === "you are out");
    await one.socket.groupParticipantsUpdate(id, [ann.lid], "add");
    await one.socket.sendMessage(id, { text: "you are back" });
    await hears(two, "you are back");
    expect(two.events.some(({ name, data }) => name === "messages.upsert" && JSON.stringify(data).includes("you are out"))).toBe(false);
  });
});

describe("a group of 200", () => {
  it(
    "gets a message in bounded time: every phone decrypts it, every receipt comes",
    async () => {
      const members = Array.from({ length: MEMBERS - 1 }, (_unused, index) => web.addPhone({ number: String(15_551_000_000 + index) }));
      const group = shop.createGroup({ subject: "Everybody", members });
      const sent = await one.socket.sendMessage(group.jid, { text: "can you all hear me?" });
      await shop.copied(({ id }) => id === sent?.key.id);
      for (const member of members) {
        expect(member.messages).toHaveLength(1);
        expect(member.messages[0]?.content.extendedTextMessage?.text).toBe("can you all hear me?");
      }
      const delivered = new Set<string | null | undefined>();
      while (delivered.size < members.length) {
        for (const { key, receipt } of await one.next("message-receipt.update"))
          if (key.id === sent?.key.id) delivered.add(receipt.userJid);
      }
      members[0]?.send(group, "loud and clear");
      await one.next("messages.upsert", ({ messages }) => messages[0]?.message?.conversation === "loud and clear");
    },
    ENOUGH_MS,
  );
});
