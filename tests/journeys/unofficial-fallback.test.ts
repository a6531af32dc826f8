import type { OutboundContent } from "@wadesk/core";
import { describe, expect, it } from "vitest";
import { CHATS, chatOf, type ChatWorld, openChats } from "./world/open-chats.ts";

const text = (words: string) => ({ kind: "text", text: words }) as const;
const BUTTONS: OutboundContent = {
  kind: "buttons",
  text: "Shall we?",
  buttons: [
    { id: "yes", title: "Yes" },
    { id: "no", title: "No" },
  ],
};
const LIST: OutboundContent = {
  kind: "list",
  text: "Pick",
  button: "Menu",
  sections: [
    { title: "Warm", rows: [{ id: "soup", title: "Soup", description: "Of the day" }] },
    { title: "Cold", rows: [{ id: "salad", title: "Salad" }] },
  ],
};
const NO = { kind: "button_reply", id: "no", title: "No", text: "2" };
const HOUR_MS = 60 * 60 * 1000;

const ask = ({ sent }: ChatWorld, content: OutboundContent = BUTTONS, to: Parameters<ChatWorld["sent"]>[0]["to"] = "+15550002222") =>
  sent({ to, content, fallback: "text" });
const content = async ({ one }: ChatWorld) => (await one.received.next()).data.content;

describe.each(CHATS)("in %s", (name) => {
  it("a number that quotes its prompt is the tap, however much was said since", async () => {
    const world = await openChats();
    const { ana, shop, sent } = world;
    const { to, place } = chatOf(world, name);
    const prompt = await ask(world, BUTTONS, to);
    expect(prompt.content.extendedTextMessage?.text).toBe("Shall we?\n\n1. Yes\n2. No");
    const list = await ask(world, LIST, to);
    await sent({ to, content: text("And something else") });
    ana.send(place, "Let me see");
    expect(await content(world)).toEqual(text("Let me see"));
    const quoting = (words: string, id: string) =>
      ana.send(place, { extendedTextMessage: { text: words, contextInfo: { stanzaId: id, participant: shop.lid } } });
    quoting(" 2. ", prompt.id);
    expect(await content(world)).toEqual({ ...NO, text: " 2. " });
    quoting("1", list.id);
    expect(await content(world)).toEqual({ kind: "list_reply", id: "soup", title: "Soup", description: "Of the day", text: "1" });
    for (const words of ["3", "0", "two", "2 please"]) {
      quoting(words, prompt.id);
      expect(await content(world)).toEqual(text(words));
    }
  });
});

describe("without a quote", () => {
  it("the contact's next message is the tap, and the one after it is not", async () => {
    const world = await openChats();
    const { ana, shop } = world;
    await ask(world);
    ana.send(shop, "2");
    expect(await content(world)).toEqual(NO);
    ana.send(shop, "2");
    expect(await content(world)).toEqual(text("2"));
  });

  it("a word in between makes a later number a number", async () => {
    const world = await openChats();
    const { ana, shop } = world;
    await ask(world);
    ana.send(shop, "Hm");
    ana.send(shop, "2");
    expect([await content(world), await content(world)]).toEqual([text("Hm"), text("2")]);
  });

  it("a reaction of either side is no word in between", async () => {
    const world = await openChats();
    const { ana, shop, acme } = world;
    const id = ana.send(shop, "Hello");
    await content(world);
    const prompt = await ask(world);
    await acme.send({ to: "+15550002222", content: { kind: "reaction", messageId: id, emoji: "👋" } });
    ana.send(shop, { reactionMessage: { key: { remoteJid: shop.lid, fromMe: false, id: prompt.id }, text: "🤔" } });
    expect(await content(world)).toMatchObject({ kind: "reaction" });
    ana.send(shop, "2");
    expect(await content(world)).toEqual(NO);
  });

  it.each([
    ["by us", ({ sent }: ChatWorld) => sent({ to: "+15550002222", content: text("Or call us") })],
    [
      "on the shop's phone",
      async ({ shop, ana, one }: ChatWorld) => {
        shop.send(ana, "Or call us");
        await one.echoed.next();
      },
    ],
  ])("a prompt after which something was said %s is answered by no number", async (_who, say) => {
    const world = await openChats();
    await ask(world);
    await say(world);
    world.ana.send(world.shop, "2");
    expect(await content(world)).toEqual(text("2"));
  });

  it("the newest prompt is the one that is answered", async () => {
    const world = await openChats();
    await ask(world);
    await ask(world, LIST);
    world.ana.send(world.shop, "2");
    expect(await content(world)).toEqual({ kind: "list_reply", id: "salad", title: "Salad", text: "2" });
  });

  it("an old number is none: a prompt is answered within 24 hours", async () => {
    const world = await openChats();
    const { web, ana, shop, time, one } = world;
    await ask(world);
    const [client] = shop.clients;
    await time.advance(24 * HOUR_MS + 1000);
    await web.until("the session", () => (client?.isConnected ? true : undefined));
    ana.send(shop, "2");
    expect(await content(world)).toEqual(text("2"));
    expect(one.lines.filter(({ level }) => level === "error")).toEqual([]);
  });

  it("one contact's number answers no prompt of another's", async () => {
    const world = await openChats();
    await ask(world);
    world.bob.send(world.shop, "2");
    expect(await content(world)).toEqual(text("2"));
    world.ana.send(world.shop, "2");
    expect(await content(world)).toEqual(NO);
  });

  it("in a group nobody's number is a tap, since whoever writes next need not be who was asked", async () => {
    const world = await openChats();
    await ask(world, BUTTONS, { groupId: world.group.jid });
    world.ana.send(world.group, "2");
    expect(await content(world)).toEqual(text("2"));
  });

  it("a prompt outlives a restart", async () => {
    const world = await openChats();
    const { ana, shop, one, time } = world;
    await ask(world);
    await one.wadesk.stop();
    const [client] = shop.clients;
    await client?.disconnected();
    ana.send(shop, "2");
    const two = world.host();
    await two.wadesk.start();
    for (let step = 0; step < 10 && client?.isConnected !== true; step += 1) await time.advance(2000);
    expect((await two.received.next()).data.content).toEqual(NO);
  });
});

describe("what goes out as text", () => {
  it("does so only when it may, and the refusal says how", async () => {
    const { acme, ana } = await openChats();
    await expect(acme.send({ to: "+15550002222", content: BUTTONS })).rejects.toMatchObject({
      code: "content_unsupported",
      message: expect.stringContaining('fallback: "text"'),
    });
    expect(ana.messages).toEqual([]);
  });

  it("has its picture above, and a template the words that it was given", async () => {
    const world = await openChats();
    const media = { data: new Uint8Array(100), mimeType: "image/jpeg" };
    const picture = await world.sent({ to: "+15550002222", content: { ...BUTTONS, header: { type: "image", media } }, fallback: "text" });
    expect(picture.content.imageMessage).toMatchObject({ caption: "Shall we?\n\n1. Yes\n2. No" });
    expect(world.ana.download(picture)).toHaveLength(100);
    world.ana.send(world.shop, "1");
    expect(await content(world)).toEqual({ kind: "button_reply", id: "yes", title: "Yes", text: "1" });
    const template: OutboundContent = {
      kind: "template",
      name: "hello",
      language: "en",
      text: "Hello {{1}}",
      body: [{ type: "text", text: "Ana" }],
    };
    expect((await ask(world, template)).content.extendedTextMessage?.text).toBe("Hello Ana");
    const { text: _text, ...wordless } = template;
    await expect(ask(world, wordless)).rejects.toMatchObject({ code: "content_invalid", issues: [{ field: "content.text" }] });
  });

  it("that WhatsApp refused is answered by nothing", async () => {
    const world = await openChats();
    world.web.fault({ kind: "message_refused", code: 475 });
    await expect(ask(world)).rejects.toMatchObject({ code: "spam_limited" });
    world.ana.send(world.shop, "2");
    expect(await content(world)).toEqual(text("2"));
  });
});
