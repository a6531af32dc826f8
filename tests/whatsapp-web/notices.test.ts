import { createWhatsAppWeb, type LinkedClient, type Phone, type WhatsAppWeb } from "@wadesk/testing/whatsapp-web";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Bot, linkBot } from "./open-bot.ts";

let web: WhatsAppWeb;
let shop: Phone;
let ann: Phone;
let bot: Bot;
let client: LinkedClient;
beforeAll(async () => {
  web = await createWhatsAppWeb({ repeatedTokens: "allowed" });
  shop = web.addPhone({ number: "15550001111", name: "Shop" });
  ann = web.addPhone({ number: "15550002222", name: "Ann" });
  ({ bot, client } = await linkBot(web, shop, { retryRequestDelayMs: 0 }));
  await bot.socket.sendMessage(ann.lid, { text: "hello" });
  await ann.received();
});
afterEach(() => web.assertClean());
afterAll(async () => {
  await bot.end();
  await web.close();
});

const noticed = () => web.until("every notice acknowledged", () => (client.waiting === 0 ? true : undefined));

describe("a bot", () => {
  it("hears a call, rejects it, and makes a link to one", async () => {
    const call = ann.call(shop, { isVideo: true });
    const [heard] = await bot.next("call", ([each]) => each?.status === "offer");
    expect(heard).toMatchObject({ id: call.id, isVideo: true, isGroup: false });
    await bot.socket.rejectCall(call.id, heard?.from ?? "");
    await call.rejected();
    const missed = ann.call(shop);
    await bot.next("call", ([each]) => each?.id === missed.id && each.status === "offer");
    missed.end("timeout");
    await bot.next("call", ([each]) => each?.id === missed.id && each.status === "timeout");
    expect(await bot.socket.createCallLink("video")).toMatch(/^[0-9A-F]{20}$/);
  });

  it("writes to a device that a contact has added, and no longer to one that was removed", async () => {
    const tablet = ann.addCompanion();
    await noticed();
    await bot.socket.sendMessage(ann.lid, { text: "for both" });
    await web.until("the tablet's copy", () => ann.messages.find(({ device }) => device === tablet));
    ann.removeCompanion(tablet);
    await noticed();
    await bot.socket.sendMessage(ann.lid, { text: "for the phone alone" });
    await ann.received(({ content }) => content.extendedTextMessage?.text === "for the phone alone");
    expect(ann.messages.filter(({ device }) => device === tablet)).toHaveLength(1);
  });

  it("reads who has a new identity, and is read by them", async () => {
    ann.renewIdentity();
    const id = ann.send(shop, "new phone");
    const { messages } = await bot.next(
      "messages.upsert",
      (upsert) => upsert.messages[0]?.key.id === id && upsert.messages[0].message != null,
    );
    expect(messages[0]?.message).toMatchObject({ conversation: "new phone" });
    await bot.socket.sendMessage(ann.lid, { text: "nice" });
    await ann.received(({ content }) => content.extendedTextMessage?.text === "nice");
  });

  it("uploads prekeys when it is told that few are left", async () => {
    const before = client.preKeys;
    client.announcePreKeys();
    await bot.socket.query({
      tag: "iq",
      attrs: { to: "s.whatsapp.net", type: "get", xmlns: "w:p" },
      content: [{ tag: "ping", attrs: {} }],
    });
    expect(client.preKeys).toBe(before);
  });

  it("asks its phone for a message that came without its content, and gets it", async () => {
    const id = ann.send(shop, "from an advertisement", { unavailable: true });
    const fits = (message: { readonly key: { id?: string | null }; readonly message?: { conversation?: string | null } | null }) =>
      message.key.id === id && message.message?.conversation === "from an advertisement";
    await bot.next("messages.upsert", ({ messages }) => messages.some(fits));
  });

  it("knows for how long messages stay, as its phone has set it", async () => {
    shop.setDisappearingMode(86_400);
    await bot.next("creds.update", ({ accountSettings }) => accountSettings?.defaultDisappearingMode?.ephemeralExpiration === 86_400);
    await bot.socket.updateDefaultDisappearingMode(0);
    const [own] = (await bot.socket.fetchDisappearingDuration(shop.jid)) as unknown as readonly [
      { disappearing_mode: { duration: number } },
    ];
    expect(own?.disappearing_mode.duration).toBe(0);
  });

  it("fetches its groups again when they are dirty", async () => {
    shop.markDirty("groups");
    await web.until("a request for the groups", () => (web.transcript().includes("<participating") ? true : undefined));
  });
});
