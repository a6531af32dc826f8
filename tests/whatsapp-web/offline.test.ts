import { createWhatsAppWeb, type LinkedClient, type Phone, type WhatsAppWeb } from "@wadesk/testing/whatsapp-web";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Bot, linkBot, openBot } from "./open-bot.ts";

let web: WhatsAppWeb;
let shop: Phone;
let ann: Phone;
let bot: Bot;
let client: LinkedClient;
beforeAll(async () => {
  web = await createWhatsAppWeb({ repeatedTokens: "allowed" });
  shop = web.addPhone({ number: "15550001111", name: "Shop" });
  ann = web.addPhone({ number: "15550002222", name: "Ann" });
  ({ bot, client } = await linkBot(web, shop));
});
afterEach(() => web.assertClean());
afterAll(async () => {
  await bot.end();
  await web.close();
});

const away = async () => {
  await bot.end();
  await client.disconnected();
};
const back = async () => {
  bot = openBot(web, {}, bot.store);
  await bot.opened();
};
const emptied = () => web.until("an empty queue", () => (client.waiting === 0 ? true : undefined));
/** The ids of what the server has sent from the queue since the last login, in order. */
const fromQueue = () => {
  const since = web.transcript().split("<success").at(-1) ?? "";
  return [...since.matchAll(/server → client\n {2}<(message|receipt|notification) ([^\n]*) offline="\d+"/g)].map(([, tag, attributes]) => ({
    tag,
    id: /(?:^| )id="([^"]*)"/.exec(attributes ?? "")?.[1],
  }));
};
const texts = (ids: readonly string[]) => {
  const messages = bot.events.flatMap(({ name, data }) => (name === "messages.upsert" && "messages" in data ? data.messages : []));
  return messages.filter(({ key, message }) => ids.includes(key.id ?? "") && message != null).map(({ message }) => message?.conversation);
};

describe("while a client is away", () => {
  it("messages, receipts and notices wait, and come once, in order and marked", async () => {
    const sent = await bot.socket.sendMessage(ann.jid, { text: "read this while I am out" });
    const received = await ann.received(({ id }) => id === sent?.key.id);
    await emptied();
    await away();
    const group = ann.createGroup({ subject: "Meanwhile", members: [shop] });
    const first = ann.send(shop, "first");
    ann.read(received);
    const second = ann.send(group, "second");
    group.rename(ann, "Later");
    const third = ann.send(shop, "third");
    expect(client.waiting).toBe(6);
    await back();
    await emptied();
    expect(fromQueue().map(({ tag }) => tag)).toEqual(["notification", "message", "receipt", "message", "notification", "message"]);
    expect(fromQueue().flatMap(({ tag, id }) => (tag === "message" ? [id] : []))).toEqual([first, second, third]);
    expect(web.transcript()).toContain('<offline_preview count="6" appdata="0" message="3" notification="2" receipt="1" call="0"/>');
    const { messages } = await bot.next("messages.upsert", (upsert) => upsert.messages.some(({ key }) => key.id === third));
    expect(messages.length).toBeGreaterThan(0);
    expect(texts([first, second, third])).toEqual(["first", "second", "third"]);
    await bot.next("groups.upsert", ([upserted]) => upserted?.id === group.jid);
  });

  it("what was acknowledged does not come again", async () => {
    await away();
    await back();
    expect(fromQueue()).toEqual([]);
    const live = ann.send(shop, "live again");
    await bot.next("messages.upsert", ({ messages }) => messages[0]?.key.id === live);
    expect(fromQueue()).toEqual([]);
  });

  it("a message that comes from the queue is appended, one that comes live is notified", async () => {
    await away();
    const queued = ann.send(shop, "queued");
    await back();
    expect((await bot.next("messages.upsert", ({ messages }) => messages[0]?.key.id === queued)).type).toBe("append");
    const live = ann.send(shop, "live");
    expect((await bot.next("messages.upsert", ({ messages }) => messages[0]?.key.id === live)).type).toBe("notify");
  });
});

describe("a client that is cut off in the middle of its queue", () => {
  it("gets the rest, and nothing twice", async () => {
    await away();
    const ids = ["one", "two", "three", "four", "five", "six"].map((text) => ann.send(shop, text));
    web.fault({ kind: "queue_cut", after: 2 });
    bot = openBot(web, {}, bot.store);
    expect(await bot.closed()).toMatchObject({ code: 428 });
    await client.disconnected();
    expect(fromQueue().map(({ id }) => id)).toEqual(ids.slice(0, 2));
    expect(client.waiting).toBe(4);
    await back();
    await emptied();
    expect(fromQueue().map(({ id }) => id)).toEqual(ids.slice(2));
    await bot.next("messages.upsert", ({ messages }) => messages.some(({ key }) => key.id === ids[5]));
    expect(texts(ids)).toEqual(["three", "four", "five", "six"]);
  });

  it("before it acknowledged anything gets everything again", async () => {
    await away();
    const ids = [ann.send(shop, "again 1"), ann.send(shop, "again 2")];
    web.fault({ kind: "client_ended", operation: "ib", how: "stream" });
    bot = openBot(web, {}, bot.store);
    expect(await bot.closed()).toMatchObject({ code: 428 });
    expect(client.waiting).toBe(2);
    await back();
    await emptied();
    await bot.next("messages.upsert", ({ messages }) => messages.some(({ key }) => key.id === ids[1]));
    expect(texts(ids)).toEqual(["again 1", "again 2"]);
  });
});
