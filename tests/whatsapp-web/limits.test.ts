import { createWhatsAppWeb, type Phone, type WhatsAppWeb } from "@wadesk/testing/whatsapp-web";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Bot, linkBot } from "./open-bot.ts";

let web: WhatsAppWeb;
let shop: Phone;
let ann: Phone;
let bot: Bot;
beforeEach(async () => {
  web = await createWhatsAppWeb({ repeatedTokens: "allowed", props: { "10518": "1", "14303": "1" } });
  shop = web.addPhone({ number: "15550001111", name: "Shop" });
  ann = web.addPhone({ number: "15550002222", name: "Ann" });
  ({ bot } = await linkBot(web, shop));
});
afterEach(async () => {
  await bot.end();
  await web.close();
});

const refusal = async (id: string | null | undefined) => {
  const [update] = await bot.next("messages.update", (all) => all.some(({ key }) => key.id === id));
  return update?.update.messageStubParameters?.[0];
};

describe("a bare bot", () => {
  it("gives a contact a token with every message, three times for three: Baileys' own fault, which is told", async () => {
    await web.close();
    web = await createWhatsAppWeb();
    shop = web.addPhone({ number: "15550001111" });
    ann = web.addPhone({ number: "15550002222" });
    ({ bot } = await linkBot(web, shop));
    for (const text of ["one", "two", "three"]) {
      const sent = await bot.socket.sendMessage(ann.lid, { text });
      await expect.poll(() => ann.messages.some(({ id }) => id === sent?.key.id)).toBe(true);
      await bot.socket.query({
        tag: "iq",
        attrs: { to: "s.whatsapp.net", type: "get", xmlns: "w:p" },
        content: [{ tag: "ping", attrs: {} }],
      });
    }
    await expect.poll(() => web.complaints.length).toBe(2);
    expect(web.takeComplaints()[0]).toContain("a second token for 15550002222 within seven days");
  });

  it("gives a contact another token when its message is refused with 463: Baileys' own fault, which is told", async () => {
    await web.close();
    web = await createWhatsAppWeb();
    shop = web.addPhone({ number: "15550001111" });
    ann = web.addPhone({ number: "15550002222" });
    ({ bot } = await linkBot(web, shop));
    shop.lockReachout({});
    const sent = await bot.socket.sendMessage(ann.lid, { text: "hello?" });
    expect(await refusal(sent?.key.id)).toBe("463");
    await expect.poll(() => web.complaints.length).toBe(1);
    expect(web.takeComplaints()[0]).toContain("a second token for 15550002222 within seven days");
  });

  it("sends the token along that it was given, which a careful contact demands", async () => {
    ann.demandTokens();
    const refused = await bot.socket.sendMessage(ann.lid, { text: "hello?" });
    expect(await refusal(refused?.key.id)).toBe("463");
    const token = ann.giveToken(shop);
    await expect.poll(async () => (await bot.store.state().auth.keys.get("tctoken", [ann.lid]))[ann.lid]?.token).toEqual(token.bytes);
    const sent = await bot.socket.sendMessage(ann.lid, { text: "hello!" });
    expect(await ann.received()).toMatchObject({ id: sent?.key.id });
  });

  it("hears of a lock on new chats, asks for it, and meets 463", async () => {
    const until = Math.floor(Date.now() / 1_000) * 1_000 + 3_600_000;
    shop.lockReachout({ until, type: "WEB_COMPANION_ONLY" });
    const lock = { isActive: true, timeEnforcementEnds: new Date(until), enforcementType: "WEB_COMPANION_ONLY" };
    expect((await bot.next("connection.update", ({ reachoutTimeLock }) => reachoutTimeLock !== undefined)).reachoutTimeLock).toEqual(lock);
    expect(await bot.socket.fetchAccountReachoutTimelock()).toEqual(lock);
    const sent = await bot.socket.sendMessage(ann.lid, { text: "hello?" });
    expect(await refusal(sent?.key.id)).toBe("463");
    shop.lockReachout(undefined);
    expect(await bot.socket.fetchAccountReachoutTimelock()).toMatchObject({ isActive: false });
  });

  it("hears of its quota of new chats, asks for it, and meets 475", async () => {
    shop.limitNewChats({ status: "CAPPED", total: 5, used: 5 });
    expect(await bot.next("message-capping.update")).toMatchObject({ capping_status: "CAPPED", used_quota: 5 });
    expect(await bot.socket.fetchNewChatMessageCap()).toMatchObject({ capping_status: "CAPPED", total_quota: 5 });
    const sent = await bot.socket.sendMessage(ann.lid, { text: "hello?" });
    expect(await refusal(sent?.key.id)).toBe("475");
  });
});
