import { manualClock } from "@wadesk/testing";
import { createWhatsAppWeb, type LinkedClient, type Phone, type WhatsAppWeb } from "@wadesk/testing/whatsapp-web";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Bot, linkBot, openBot } from "./open-bot.ts";

let web: WhatsAppWeb;
let clock: ReturnType<typeof manualClock>;
let shop: Phone;
let ann: Phone;
let bots: Bot[];
let bot: Bot;
let client: LinkedClient;
beforeEach(async () => {
  clock = manualClock();
  web = await createWhatsAppWeb({ clock: clock.clock });
  shop = web.addPhone({ number: "15550001111", name: "Shop" });
  ann = web.addPhone({ number: "15550002222", name: "Ann" });
  ({ bot, client } = await linkBot(web, shop, { keepAliveIntervalMs: 20, defaultQueryTimeoutMs: 1_000 }));
  bots = [bot];
});
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(bots.map((each) => each.end()));
  await web.close();
});

const again = async (): Promise<Bot> => {
  const next = openBot(web, {}, bot.store);
  bots.push(next);
  await next.opened();
  return next;
};
const arrived = (at: Bot, id: string) => at.next("messages.upsert", ({ messages }) => messages.some(({ key }) => key.id === id));
/** Lets Baileys believe that a minute has passed: it measures silence by the date, and counts its pings by timers. */
const aMinuteLater = () => vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 60_000 });

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
    expect(ann.messages).toEqual([]);
    const next = await again();
    await next.socket.sendMessage(ann.jid, { text: "half sent" }, { messageId: sent?.key.id ?? "" });
    await ann.received(({ id }) => id === sent?.key.id);
    expect(ann.messages).toHaveLength(1);
  });

  it("in the middle of a request: whoever asked is told", async () => {
    web.fault({ kind: "client_ended", operation: "usync:get:usync", how: { streamError: 503 } });
    await expect(bot.socket.sendMessage(ann.jid, { text: "to whom?" })).rejects.toThrow();
    expect(await bot.closed()).toMatchObject({ code: 503 });
  });

  it("by a real second login: the older one is replaced, and what waits comes to the newer", async () => {
    const [next] = await Promise.all([again(), bot.socket.sendMessage(ann.jid, { text: "last words" })]);
    expect(await bot.closed()).toMatchObject({ code: 440 });
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
    web.fault({ kind: "message_refused", operation: "3EB0REFUSED", code });
    await bot.socket.sendMessage(ann.jid, { text: "fine" }, { messageId: "3EB0FINE" });
    await bot.socket.sendMessage(ann.jid, { text: "refused" }, { messageId: "3EB0REFUSED" });
    const [update] = await bot.next("messages.update", (all) => all.some(({ key }) => key.id === "3EB0REFUSED"));
    expect(update?.update).toMatchObject({ status: 0, messageStubParameters: expect.arrayContaining([String(code)]) });
    await ann.received(({ id }) => id === "3EB0FINE");
    expect(ann.messages.map(({ id }) => id)).toEqual(["3EB0FINE"]);
  });

  it("that the server does not acknowledge arrives all the same", async () => {
    web.fault({ kind: "message_unacknowledged", operation: "3EB0SILENCE" });
    await bot.socket.sendMessage(ann.jid, { text: "hello?" }, { messageId: "3EB0SILENCE" });
    await ann.received();
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
  });

  it("that reorders brings the second message before the first", async () => {
    web.fault({ kind: "stanzas_swapped", operation: "message" });
    const ids = [ann.send(shop, "first"), ann.send(shop, "second")];
    await Promise.all(ids.map((id) => arrived(bot, id)));
    const order = bot.events.flatMap(({ name, data }) => (name === "messages.upsert" && "messages" in data ? data.messages : []));
    expect(order.map(({ key }) => key.id)).toEqual([ids[1], ids[0]]);
  });

  it("that is deaf stays open and silent until the client gives it up: 408; what waited comes with the next", async () => {
    client.goDeaf();
    const id = ann.send(shop, "can you hear me?");
    expect(client.isConnected).toBe(true);
    aMinuteLater();
    expect(await bot.closed()).toMatchObject({ code: 408 });
    await client.disconnected();
    expect(client.waiting).toBe(1);
    const next = await again();
    await arrived(next, id);
  });

  it("on which pings are not answered is given up: 408", async () => {
    const fault = web.fault({ kind: "request_unanswered", operation: "w:p:get:ping", times: 1_000 });
    const pings = () => web.transcript().split("<ping/>").length;
    const before = pings();
    // nothing else is on its way then
    await web.until("some pings", () => (pings() > before + 2 ? true : undefined));
    aMinuteLater();
    expect(await bot.closed()).toMatchObject({ code: 408 });
    expect(fault.spent).toBe(false);
  });
});

describe("a server that restarts", () => {
  it.each([
    ["the same port", undefined],
    ["another port", 0],
  ])("on %s knows its accounts, groups and links", async (_where, port) => {
    const { url } = web;
    const group = ann.createGroup({ subject: "Survivors", members: [shop] });
    await bot.next("groups.upsert");
    await web.restart(port);
    expect(web.url === url).toBe(port === undefined);
    expect(await bot.closed()).toMatchObject({ code: 428 });
    await client.disconnected();
    const id = ann.send(group, "still here");
    const next = await again();
    await arrived(next, id);
    expect(await next.socket.groupMetadata(group.jid)).toMatchObject({ subject: "Survivors", size: 2 });
    await next.socket.sendMessage(ann.jid, { text: "so am I" });
    await ann.received();
  });
});
