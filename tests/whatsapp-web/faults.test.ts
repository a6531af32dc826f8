import { manualClock } from "@wadesk/testing";
import { createWhatsAppWeb, type LinkedClient, type Phone, type WhatsAppWeb } from "@wadesk/testing/whatsapp-web";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type Bot, linkBot, openBot } from "./open-bot.ts";

const CONFIG = { keepAliveIntervalMs: 40, defaultQueryTimeoutMs: 1_000 };
let web: WhatsAppWeb;
let clock: ReturnType<typeof manualClock>;
let shop: Phone;
let ann: Phone;
let bot: Bot;
let client: LinkedClient;
const bots: Bot[] = [];

/** Logs in once more with what the bot has stored. */
const again = async (): Promise<Bot> => {
  bot = openBot(web, CONFIG, bot.store);
  bots.push(bot);
  await bot.opened();
  return bot;
};
beforeAll(async () => {
  clock = manualClock();
  web = await createWhatsAppWeb({ repeatedTokens: "allowed", clock: clock.clock });
  shop = web.addPhone({ number: "15550001111", name: "Shop" });
  ann = web.addPhone({ number: "15550002222", name: "Ann" });
  ({ bot, client } = await linkBot(web, shop, CONFIG));
  bots.push(bot);
});
beforeEach(async () => {
  if (!client.isConnected) await again();
});
afterEach(() => {
  vi.useRealTimers();
  web.assertClean();
});
afterAll(async () => {
  await Promise.all(bots.map((each) => each.end()));
  await web.close();
});

const arrived = (at: Bot, id: string) => at.next("messages.upsert", ({ messages }) => messages.some(({ key }) => key.id === id));
/** Lets a second pass on the date, by which Baileys measures silence; its pings are timers, which run as ever. */
const aSecondLater = () => {
  if (!vi.isFakeTimers()) vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
  vi.setSystemTime(Date.now() + 1_000);
};
const pings = () => web.transcript().split("<ping/>").length;

describe("a client that is thrown out in the middle of a message", () => {
  it.each([
    ["the stream error 500", { streamError: 500 }, 500],
    ["the stream error 503", { streamError: 503 }, 503],
    ["the failure 401", { failure: 401 }, 401],
    ["the end of the stream", "stream", 428],
  ] as const)("with %s: the message goes nowhere, and the same one goes out after the next login", async (_what, how, code) => {
    web.fault({ kind: "client_ended", operation: "message", how });
    const sent = await bot.socket.sendMessage(ann.jid, { text: "half sent" });
    expect(await bot.closed()).toMatchObject({ code });
    const copies = () => ann.messages.filter(({ id }) => id === sent?.key.id);
    expect(copies()).toEqual([]);
    const next = await again();
    await next.socket.sendMessage(ann.jid, { text: "half sent" }, { messageId: sent?.key.id ?? "" });
    await ann.received(({ id }) => id === sent?.key.id);
    expect(copies()).toHaveLength(1);
  });

  it("in the middle of a request: whoever asked is told", async () => {
    const eve = web.addPhone({ number: "15550003333" });
    web.fault({ kind: "client_ended", operation: "usync:get:usync", how: { streamError: 503 } });
    await expect(bot.socket.sendMessage(eve.jid, { text: "to whom?" })).rejects.toThrow();
    expect(await bot.closed()).toMatchObject({ code: 503 });
    await client.disconnected();
  });

  it("by a real second login: the older one is replaced, and what waits comes to the newer", async () => {
    const older = bot;
    const [next] = await Promise.all([again(), older.socket.sendMessage(ann.jid, { text: "last words" })]);
    expect(await older.closed()).toMatchObject({ code: 440 });
    await arrived(next, ann.send(shop, "who is there?"));
  });
});

describe("a request", () => {
  it("that hangs, of one kind alone, ends when the client's patience does; the next is answered", async () => {
    const group = ann.createGroup({ subject: "Found", members: [shop] });
    web.fault({ kind: "request_unanswered", operation: "w:g2:get:participating" });
    const hung = bot.socket.groupFetchAllParticipating();
    expect(await bot.socket.onWhatsApp(ann.number)).toHaveLength(1);
    // Baileys 7.0.0-rc14 takes silence for an empty answer
    expect(await hung).toEqual({});
    expect(await bot.socket.groupFetchAllParticipating()).toHaveProperty([group.jid]);
  });

  it("that is refused rejects with the server's words", async () => {
    web.fault({ kind: "request_refused", operation: "w:profile:picture:get:picture", code: 401, text: "not-authorized" });
    await expect(bot.socket.profilePictureUrl(ann.jid)).rejects.toThrow("not-authorized");
  });
});

describe("a message", () => {
  it.each([463, 479, 500, 503])("that is refused with %i is that message alone", async (code) => {
    const [fine, refused] = [`3EB0FINE${code}`, `3EB0REFUSED${code}`];
    web.fault({ kind: "message_refused", operation: refused, code });
    await bot.socket.sendMessage(ann.jid, { text: "fine" }, { messageId: fine });
    await bot.socket.sendMessage(ann.jid, { text: "refused" }, { messageId: refused });
    const [update] = await bot.next("messages.update", (all) => all.some(({ key }) => key.id === refused));
    expect(update?.update).toMatchObject({ status: 0, messageStubParameters: expect.arrayContaining([String(code)]) });
    await ann.received(({ id }) => id === fine);
    expect(ann.messages.some(({ id }) => id === refused)).toBe(false);
  });

  it("that the server does not acknowledge arrives all the same", async () => {
    web.fault({ kind: "message_unacknowledged", operation: "3EB0SILENCE" });
    await bot.socket.sendMessage(ann.jid, { text: "hello?" }, { messageId: "3EB0SILENCE" });
    await ann.received(({ id }) => id === "3EB0SILENCE");
    await bot.next("messages.update", (all) => all.some(({ key }) => key.id === "3EB0SILENCE"));
    expect(web.transcript()).not.toContain('<ack class="message" id="3EB0SILENCE"');
  });
});

describe("a link", () => {
  it("that is slow brings everything, as late as the clock says", async () => {
    client.slowDown(5_000);
    const id = ann.send(shop, "snail mail");
    await clock.advance(4_999);
    expect(web.transcript()).not.toContain(id);
    await clock.advance(1);
    expect(web.transcript()).toContain(id);
    await arrived(bot, id);
    client.drop();
    expect(await bot.closed()).toMatchObject({ code: 428 });
    await client.disconnected();
  });

  it("that reorders brings the second message before the first", async () => {
    web.fault({ kind: "stanzas_swapped", operation: "message" });
    const ids = [ann.send(shop, "first"), ann.send(shop, "second")];
    await Promise.all(ids.map((id) => arrived(bot, id)));
    const order = bot.events.flatMap(({ name, data }) => (name === "messages.upsert" && "messages" in data ? data.messages : []));
    expect(order.map(({ key }) => key.id).slice(-2)).toEqual([ids[1], ids[0]]);
  });

  it("that is deaf stays open and silent until the client gives it up: 408; what waited comes with the next", async () => {
    const heard = await bot.socket.sendMessage(ann.jid, { text: "heard" });
    await ann.received(({ id }) => id === heard?.key.id);
    await web.until("an empty queue", () => (client.waiting === 0 ? true : undefined));
    client.goDeaf();
    const unheard = await bot.socket.sendMessage(ann.jid, { text: "unheard" });
    const id = ann.send(shop, "can you hear me?");
    expect(client.isConnected).toBe(true);
    await expect
      .poll(() => {
        aSecondLater();
        return client.isConnected;
      })
      .toBe(false);
    expect(await bot.closed()).toMatchObject({ code: 408 });
    expect(client.waiting).toBe(1);
    expect(web.transcript()).not.toContain(id);
    const next = await again();
    await arrived(next, id);
    expect(ann.messages.some((message) => message.id === unheard?.key.id)).toBe(false);
  });

  it("is kept while pings are answered, and given up when they are not: 408", async () => {
    for (let second = 0; second < 10; second += 1) {
      const before = pings();
      aSecondLater();
      await web.until("an answered ping", () => (pings() > before + 1 ? true : undefined));
    }
    expect(client.isConnected).toBe(true);
    const fault = web.fault({ kind: "request_unanswered", operation: "w:p:get:ping", times: 1_000 });
    while (client.isConnected) {
      const before = pings();
      aSecondLater();
      await web.until("another ping, or none", () => (pings() > before || !client.isConnected ? true : undefined));
    }
    fault.end();
    expect(await bot.closed()).toMatchObject({ code: 408 });
  });
});

describe("a server that restarts", () => {
  it.each([
    ["the same port", undefined],
    ["another port", 0],
  ])("on %s knows its accounts, groups and links", async (_where, port) => {
    const { url } = web;
    const group = ann.createGroup({ subject: "Survivors", members: [shop] });
    await bot.next("groups.upsert", ([first]) => first?.id === group.jid);
    await web.restart(port);
    expect(web.url === url).toBe(port === undefined);
    expect(await bot.closed()).toMatchObject({ code: 428 });
    await client.disconnected();
    const id = ann.send(group, "still here");
    const next = await again();
    await arrived(next, id);
    expect(await next.socket.groupMetadata(group.jid)).toMatchObject({ subject: "Survivors", size: 2 });
    await next.socket.sendMessage(ann.jid, { text: "so am I" });
    await ann.received(({ content }) => content.extendedTextMessage?.text === "so am I");
  });
});
