import type { WadeskEvent } from "@wadesk/core";
import { describe, expect, it } from "vitest";
import { openChats, userOf } from "./world/open-chats.ts";
import { linkShop, openPhones } from "./world/open-phones.ts";
import { queue } from "./world/queue.ts";

const text = (words: string) => ({ kind: "text", text: words }) as const;
const DAY_MS = 24 * 60 * 60 * 1000;

describe("a call", () => {
  it("rings, and is accepted or ended", async () => {
    const world = await openChats();
    const { ana, shop, group, told } = world;
    const calls = told("call.changed");
    const from = { phone: "+15550002222", lid: userOf(ana.lid) };
    const call = ana.call(shop, { isVideo: true });
    expect((await calls.next()).data).toMatchObject({
      callId: call.id,
      contact: from,
      change: "ringing",
      direction: "inbound",
      video: true,
    });
    call.accept();
    expect((await calls.next()).data).toMatchObject({ callId: call.id, contact: from, change: "accepted" });
    const missed = ana.call(shop);
    expect((await calls.next()).data).toMatchObject({ change: "ringing", video: false });
    missed.end("timeout");
    expect((await calls.next()).data).toMatchObject({ callId: missed.id, change: "missed" });
    const ended = ana.call(group);
    expect((await calls.next()).data).toMatchObject({ change: "ringing", groupId: group.jid, contact: from });
    ended.end();
    expect((await calls.next()).data).toMatchObject({ callId: ended.id, change: "ended" });
  });
});

describe("presence", () => {
  it("is told where it is asked for: who writes and records, in a chat of two and in a group", async () => {
    const world = await openChats({ presence: true });
    const { ana, shop, group, told } = world;
    const seen = told("presence.changed");
    ana.write(shop, "composing");
    const { data, chat } = await seen.next();
    expect(data).toMatchObject({ contact: { lid: userOf(ana.lid) }, state: "composing" });
    expect(data).not.toHaveProperty("groupId");
    expect(chat).toContain(userOf(ana.lid));
    ana.write(group, "recording");
    expect((await seen.next()).data).toMatchObject({ contact: { lid: userOf(ana.lid) }, groupId: group.jid, state: "recording" });
    ana.write(shop, "paused");
    expect((await seen.next()).data).toMatchObject({ state: "available" });
  });

  it("is no event where it is not asked for", async () => {
    const { ana, shop, one, told } = await openChats();
    const seen = told("presence.changed");
    ana.write(shop, "composing");
    ana.send(shop, "Hello");
    await one.received.next();
    expect(seen.all).toEqual([]);
  });
});

describe("the past", () => {
  it("comes as history and never as what came in now", async () => {
    const { ana, shop, group, one, time, told } = await openChats();
    const pages = told("history.received");
    const at = time.now() - DAY_MS;
    const messages = Array.from({ length: 150 }, (_, index) => ({
      id: `OLD${index}`,
      fromMe: index % 2 === 1,
      content: `word ${index}`,
      at,
    }));
    const inGroup = { id: "OLDGROUP", participant: ana.lid, content: "to all", at };
    shop.sendHistory({
      type: "recent",
      progress: 50,
      order: 2,
      chats: [
        { chat: ana.lid, messages },
        { chat: group, messages: [inGroup] },
      ],
    });
    const [first, second] = [await pages.next(), await pages.next()];
    const all = [...first.data.messages, ...second.data.messages];
    expect([first.data, second.data]).toMatchObject([
      { progress: 50, chunk: 2 },
      { progress: 50, chunk: 2 },
    ]);
    expect(all).toHaveLength(151);
    expect(all.find(({ messageId }) => messageId === "OLD0")).toMatchObject({
      contact: { lid: userOf(ana.lid) },
      fromBusiness: false,
      at,
      content: text("word 0"),
    });
    expect(all.find(({ messageId }) => messageId === "OLD1")).toMatchObject({ fromBusiness: true });
    expect(all.find(({ messageId }) => messageId === "OLDGROUP")).toMatchObject({ groupId: group.jid, contact: { lid: userOf(ana.lid) } });
    expect([one.received.all, one.echoed.all]).toEqual([[], []]);
  });
});

it("the past that a phone tells while it is linked is there when it is", async () => {
  const { shop, ana, time, host } = await openPhones();
  const at = time.now() - DAY_MS;
  const messages = [{ id: "OLD1", content: "long ago", at }];
  shop.planHistory({ type: "initial", progress: 100, isInline: true, chats: [{ chat: ana.lid, messages }] });
  const one = host();
  const pages = queue<WadeskEvent<"history.received">>();
  one.wadesk.process("history.received", (event) => pages.push(event));
  await one.wadesk.start();
  await linkShop(one, shop);
  expect((await pages.next()).data.messages).toMatchObject([{ messageId: "OLD1", at, content: text("long ago"), fromBusiness: false }]);
});

describe("a person", () => {
  it("has one chat, by whichever name a message, a receipt or a reaction calls them", async () => {
    const { ana, shop, one, acme } = await openChats();
    const chats = new Set<string | undefined>();
    ana.send(shop, "by LID", { addressing: "lid" });
    chats.add((await one.received.next()).chat);
    ana.send(shop, "by number", { addressing: "number" });
    const { chat, data } = await one.received.next();
    chats.add(chat);
    expect(data.contact).toMatchObject({ phone: "+15550002222", lid: userOf(ana.lid) });
    await acme.send({ to: "+15550002222", content: text("to the number") });
    ana.read(await ana.received());
    chats.add((await one.statuses.next(({ data: { status } }) => status === "read")).chat);
    await acme.send({ to: { lid: userOf(ana.lid) }, content: text("to the LID") });
    ana.read(await ana.received());
    chats.add((await one.statuses.next(({ data: { status } }) => status === "read")).chat);
    shop.send(ana, "from the phone");
    chats.add((await one.echoed.next()).chat);
    ana.write(shop, "paused");
    expect([...chats]).toHaveLength(1);
    expect((await acme.lastNumberOf("+15550002222"))?.id).toBe((await acme.lastNumberOf({ lid: userOf(ana.lid) }))?.id);
  });

  it("goes by a username too, where WhatsApp tells one", async () => {
    const { web, shop, one } = await openChats();
    const eve = web.addPhone({ number: "15550004444", name: "Eve" });
    eve.setUsername("eve.adams");
    eve.send(shop, "Hello");
    expect((await one.received.next()).data.contact).toEqual({
      phone: "+15550004444",
      lid: userOf(eve.lid),
      name: "Eve",
      username: "eve.adams",
    });
  });
});
