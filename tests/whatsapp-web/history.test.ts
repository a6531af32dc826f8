import { createWhatsAppWeb, type HistoryChat, type Phone, type WhatsAppWeb } from "@wadesk/testing/whatsapp-web";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Bot, linkBot, openBot } from "./open-bot.ts";

const AT = 1_700_000_000_000;
const syncing = { shouldSyncHistoryMessage: () => true };
const [FULL, RECENT, PUSH_NAME, ON_DEMAND] = [2, 3, 4, 6];
let web: WhatsAppWeb;
let shop: Phone;
let bob: Phone;
let bot: Bot;
beforeAll(async () => {
  web = await createWhatsAppWeb({ repeatedTokens: "allowed" });
  shop = web.addPhone({ number: "15550001111", name: "Shop" });
  bob = web.addPhone({ number: "15550002222", name: "Bob" });
  ({ bot } = await linkBot(web, shop, syncing));
});
afterEach(() => web.assertClean());
afterAll(async () => {
  await bot.end();
  await web.close();
});

/** Baileys drops chats and messages that it has seen in a history before: each test has its own. */
const talk = (count: number, prefix = "OLD", chat: HistoryChat["chat"] = bob): HistoryChat => ({
  chat,
  name: "Bob the Builder",
  unreadCount: 2,
  isArchived: true,
  messages: Array.from({ length: count }, (_unused, index) => ({
    id: `${prefix}${index}`,
    fromMe: index % 2 === 1,
    content: `message ${index}`,
    at: AT - index * 60_000,
  })),
});
const history = (syncType: number | undefined) => bot.next("messaging-history.set", (each) => each.syncType === syncType);

describe("a history", () => {
  it.each([
    ["inside the message", true],
    ["on the media host", false],
  ])("%s arrives with its chats, contacts and messages as they were", async (_what, isInline) => {
    const prefix = isInline ? "INLINE" : "BLOB";
    const person = web.addPhone({ number: isInline ? "15550006666" : "15550007777" });
    shop.sendHistory({ type: "recent", chats: [talk(3, prefix, person)], progress: 40, order: 1, isInline });
    const { chats, contacts, messages, progress, chunkOrder, isLatest } = await history(RECENT);
    expect({ progress, chunkOrder }).toEqual({ progress: 40, chunkOrder: 1 });
    expect(isLatest).toBe(isInline);
    expect(chats).toMatchObject([{ id: person.jid, name: "Bob the Builder", unreadCount: 2, archived: true, lidJid: person.lid }]);
    expect(contacts).toEqual([{ id: person.jid, name: "Bob the Builder", lid: person.lid }]);
    expect(messages.map(({ key, message }) => [key.id, key.fromMe, message?.conversation])).toEqual([
      [`${prefix}0`, false, "message 0"],
      [`${prefix}1`, true, "message 1"],
      [`${prefix}2`, false, "message 2"],
    ]);
    expect(Number(messages[2]?.messageTimestamp)).toBe((AT - 120_000) / 1_000);
  });

  it("in several chunks says how far it has come, and when it is complete", async () => {
    const chunks = [25, 50, 100].map((progress, index) => ({ type: "recent" as const, chats: [talk(1)], progress, order: index + 1 }));
    shop.sendHistory(...chunks);
    for (const { progress, order } of chunks) expect(await history(RECENT)).toMatchObject({ progress, chunkOrder: order });
    expect(
      await bot.next("messaging-history.status", ({ status, syncType }) => status === "complete" && syncType === RECENT),
    ).toMatchObject({
      explicit: true,
    });
  });

  it("of everything comes as such", async () => {
    shop.sendHistory({ type: "full", chats: [talk(120, "FULL")], progress: 100 });
    expect((await history(FULL)).messages).toHaveLength(120);
  });

  it("of push names alone names the contacts", async () => {
    shop.sendHistory({ type: "push names", pushNames: { [bob.jid]: "Bobby", "15550003333@s.whatsapp.net": "Eve" } });
    expect((await history(PUSH_NAME)).contacts).toEqual([
      { id: bob.jid, notify: "Bobby" },
      { id: "15550003333@s.whatsapp.net", notify: "Eve" },
    ]);
  });

  it("is receipted to the phone as such", async () => {
    const [id = ""] = shop.sendHistory({ type: "recent", isInline: true });
    await shop.receipt(({ ids, type }) => ids.includes(id) && type === "hist_sync");
  });

  it("that has expired on the media host does not arrive, and the next one does", async () => {
    shop.sendHistory({ type: "full", chats: [talk(1)], order: 8 });
    await history(FULL);
    const fault = web.fault({ kind: "download_refused", code: 410 });
    shop.sendHistory({ type: "full", chats: [talk(1)], order: 9 }, { type: "full", chats: [talk(1)], order: 10 });
    expect((await history(FULL)).chunkOrder).toBe(10);
    expect(fault.spent).toBe(true);
  });
});

describe("older messages", () => {
  const chat = "15550005555@s.whatsapp.net";
  const ask = (count: number, id: string, at: number) => bot.socket.fetchMessageHistory(count, { remoteJid: chat, id, fromMe: false }, at);

  it("that a bot asks for come from its phone: so many, older than the one it has", async () => {
    shop.remember(talk(10, "EARLY", chat));
    const session = await ask(3, "EARLY4", AT - 240_000);
    const { messages, peerDataRequestSessionId } = await history(ON_DEMAND);
    expect(peerDataRequestSessionId).toBe(session);
    expect(messages.map(({ key }) => key.id)).toEqual(["EARLY5", "EARLY6", "EARLY7"]);
  });

  it("are as many as there are", async () => {
    await ask(50, "EARLY8", AT - 480_000);
    expect((await history(ON_DEMAND)).messages.map(({ key }) => key.id)).toEqual(["EARLY9"]);
    await ask(50, "EARLY9", AT - 540_000);
    expect((await history(ON_DEMAND)).messages).toEqual([]);
  });

  it("are found by their time where the phone does not know the message", async () => {
    await ask(1, "UNKNOWN", AT - 60_000);
    expect((await history(ON_DEMAND)).messages.map(({ key }) => key.id)).toEqual(["EARLY2"]);
  });
});

describe("a client that is linked to a phone with a history", () => {
  it("gets keys, history and app state at its first login, and nothing of it again", async () => {
    const ann = web.addPhone({ number: "15550004444", name: "Ann" });
    ann.rename(bob, "Bob from work");
    ann.archive(bob);
    ann.setName("Ann");
    ann.planHistory(
      { type: "initial", chats: [{ ...talk(2), isArchived: false }], isInline: true },
      { type: "push names", pushNames: { [bob.jid]: "Bob" } },
    );
    const linked = await linkBot(web, ann, syncing);
    const first = linked.bot;
    // Baileys joins what comes while it waits to one event: the history, and the app state on top of it
    const { chats, contacts, isLatest, messages } = await first.next("messaging-history.set");
    expect(isLatest).toBe(true);
    expect(chats).toMatchObject([{ id: bob.jid, archived: true }]);
    expect(contacts).toMatchObject([{ id: bob.jid, name: "Bob from work" }]);
    expect(messages).toHaveLength(2);
    await first.next("messaging-history.set", (named) => named.contacts[0]?.notify === "Bob");
    await first.next("creds.update", ({ me }) => me?.name === "Ann");
    await first.next("creds.update", ({ accountSyncCounter }) => accountSyncCounter === 1);
    await first.end();
    await linked.client.disconnected();
    const again = openBot(web, syncing, first.store);
    await again.opened();
    bob.send(ann, "hello again");
    await again.next("messages.upsert", ({ messages }) => messages[0]?.message?.conversation === "hello again");
    expect(again.events.some(({ name }) => name === "messaging-history.set")).toBe(false);
    await again.end();
  });

  it("need not wait for what was written before it came: Baileys holds that back until it has a history, 20 seconds without one", async () => {
    const eve = web.addPhone({ number: "15550003333", name: "Eve" });
    eve.planHistory({ type: "initial", isInline: true });
    const late = openBot(web, syncing);
    await eve.scan(await late.qr());
    bob.send(eve, "before you came");
    await late.next("messages.upsert", ({ messages }) => messages.some(({ message }) => message?.conversation === "before you came"));
    await late.end();
  });
});
