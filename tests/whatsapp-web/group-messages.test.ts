import { createWhatsAppWeb, type Group, type Phone, type ReceivedMessage, type WhatsAppWeb } from "@wadesk/testing/whatsapp-web";
import type { GroupMetadata } from "@whiskeysockets/baileys";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Bot, linkBot } from "./open-bot.ts";

let web: WhatsAppWeb;
let shop: Phone;
let ann: Phone;
let bob: Phone;
let bot: Bot;
let cached: GroupMetadata | undefined;
beforeAll(async () => {
  web = await createWhatsAppWeb({ repeatedTokens: "allowed" });
  shop = web.addPhone({ number: "15550001111", name: "Shop" });
  ann = web.addPhone({ number: "15550002222", name: "Ann" });
  bob = web.addPhone({ number: "15550003333", name: "Bob", companions: 1 });
  ({ bot } = await linkBot(web, shop, { retryRequestDelayMs: 0, cachedGroupMetadata: async () => cached }));
});
afterEach(() => web.assertClean());
afterAll(async () => {
  await bot.end();
  await web.close();
});

const textOf = ({ content }: ReceivedMessage) => content.extendedTextMessage?.text;
const arrived = async (id: string) => {
  const fits = (message: { key: { id?: string | null }; message?: unknown }) => message.key.id === id && message.message != null;
  return (await bot.next("messages.upsert", ({ messages }) => messages.some(fits))).messages.find(fits);
};
/** Sends with the bot; answers the id once its own phone has the message too. */
const said = async (group: Group, text: string, messageId?: string) => {
  const sent = await bot.socket.sendMessage(group.jid, { text }, messageId === undefined ? {} : { messageId });
  const id = sent?.key.id ?? "";
  await shop.copied((copy) => copy.id === id);
  return id;
};
/** Waits for receipts, which may come in one event or in several. */
const receipts = async (id: string, kind: "receiptTimestamp" | "readTimestamp", people: readonly string[]) => {
  const left = new Set<string | null | undefined>(people);
  while (left.size > 0) {
    for (const { key, receipt } of await bot.next("message-receipt.update"))
      if (key.id === id && receipt[kind] != null) left.delete(receipt.userJid);
  }
};
const copies = (phone: Phone, wanted: string) => phone.messages.filter(({ id }) => id === wanted);

describe.each(["number", "lid"] as const)("in a group of members who know each other by %s", (addressing) => {
  let group: Group;
  const address = (phone: Phone) => (addressing === "lid" ? phone.lid : phone.jid);
  beforeAll(async () => {
    group = ann.createGroup({ subject: `By ${addressing}`, members: [shop, bob], addressing });
    await bot.next("groups.upsert", ([first]) => first?.id === group.jid);
  });

  it("a message of a bot is decrypted by every device of every member, and by its own phone", async () => {
    const id = await said(group, "hello all");
    for (const [phone, devices] of [
      [ann, 1],
      [bob, 2],
      [shop, 1],
    ] as const) {
      expect(copies(phone, id)).toHaveLength(devices);
      for (const copy of copies(phone, id)) {
        expect(copy).toMatchObject({ chat: group.jid, encryption: "skmsg", fromMe: phone === shop });
        expect(copy.content).toMatchObject({ extendedTextMessage: { text: "hello all" } });
        expect(copy.content).not.toHaveProperty("senderKeyDistributionMessage");
      }
    }
  });

  it("the next ones come without the key, and are read with the one that is known", async () => {
    for (const text of ["one", "two", "three"]) expect(copies(bob, await said(group, text)).map(textOf)).toEqual([text, text]);
    const stanza = web.transcript().split(`to="${group.jid}" type="text"`).at(-1) ?? "";
    expect(stanza.slice(0, stanza.indexOf("</message>"))).not.toContain("<participants>");
  });

  it("each member's receipts are its own", async () => {
    const id = await said(group, "who has it?");
    await receipts(id, "receiptTimestamp", [address(ann), address(bob)]);
    ann.read(await ann.received((message) => message.id === id));
    await receipts(id, "readTimestamp", [address(ann)]);
  });

  it("a member's message comes with who wrote it, from any of the member's devices", async () => {
    for (const device of [0, 1]) {
      const message = await arrived(bob.send(group, `from device ${device}`, { device }));
      expect(message).toMatchObject({ pushName: "Bob", message: { conversation: `from device ${device}` } });
      const participantAlt = addressing === "lid" ? bob.jid : bob.lid;
      expect(message?.key).toMatchObject({ remoteJid: group.jid, fromMe: false, participant: address(bob), participantAlt });
    }
    const id = bob.send(group, "without the key");
    expect((await arrived(id))?.message?.conversation).toBe("without the key");
    expect(await bob.receipt(({ ids }) => ids.includes(id))).toMatchObject({ group: group.jid });
  });

  it("what the own phone writes is the bot's own", async () => {
    expect(await arrived(shop.send(group, "typed on the phone"))).toMatchObject({
      key: { remoteJid: group.jid, fromMe: true },
      message: { conversation: "typed on the phone" },
    });
  });

  it("a phone that has lost the keys asks for the message again", async () => {
    await said(group, "before");
    ann.forgetSessions();
    const id = await said(group, "after");
    expect(textOf(await ann.received((message) => message.id === id))).toBe("after");
    expect(ann.unreadable).toContainEqual(expect.objectContaining({ id, reason: expect.stringContaining("no sender key") }));
    expect(copies(bob, id)).toHaveLength(2);
  });

  it("so does each other device of a member, and gets it alone, with the key inside", async () => {
    bob.forgetSessions();
    const id = await said(group, "for both of Bob's");
    const both = await web.until("both copies", () => (copies(bob, id).length === 2 ? copies(bob, id) : undefined));
    expect(both.map(textOf)).toEqual(["for both of Bob's", "for both of Bob's"]);
    expect(web.transcript()).toContain(`participant="${address(bob).replace("@", ":1@")}"`);
    expect(copies(bob, await said(group, "and on it goes")).map(({ encryption }) => encryption)).toEqual(["skmsg", "skmsg"]);
  });

  it.each(["ciphertext", "padding", "session"] as const)("a bot asks for a message with a flawed %s again", async (flaw) => {
    const id = bob.send(group, `flawed ${flaw}`, { flaw });
    await bob.receipt(({ ids, type }) => ids.includes(id) && type === "retry");
    expect((await arrived(id))?.message?.conversation).toBe(`flawed ${flaw}`);
  });

  it("a bot hears what comes out of order; Baileys 7.0.0-rc14 has to ask for it again", async () => {
    await arrived(bob.send(group, "in order"));
    web.fault({ kind: "stanzas_swapped", operation: "message" });
    const ids = [bob.send(group, "first"), bob.send(group, "second")];
    const [first, second] = await Promise.all(ids.map(arrived));
    expect([first?.message?.conversation, second?.message?.conversation]).toEqual(["first", "second"]);
  });

  it("a newcomer reads what comes, and who was removed nothing more", async () => {
    const eve = web.addPhone({ number: addressing === "lid" ? "15550004444" : "15550005555" });
    const before = await said(group, "before Eve");
    group.add(ann, eve);
    const id = await said(group, "welcome Eve");
    expect(textOf(await eve.received())).toBe("welcome Eve");
    expect(copies(eve, before)).toEqual([]);
    group.remove(ann, eve);
    expect(copies(bob, await said(group, "she is gone"))).toHaveLength(2);
    expect(eve.messages.map((message) => message.id)).toEqual([id]);
  });

  it("after a removal a member's next message brings a new key along", async () => {
    const eve = web.addPhone({ number: addressing === "lid" ? "15550006666" : "15550007777" });
    group.add(ann, eve);
    const encs = (id: string) => web.transcript().split(`<message id="${id}"`).at(-1)?.split("</message>")[0]?.match(/<enc/g)?.length;
    await arrived(bob.send(group, "with the key of before"));
    const known = bob.send(group, "with the known key");
    await arrived(known);
    expect(encs(known)).toBe(1);
    group.remove(ann, eve);
    const fresh = bob.send(group, "with a new key");
    expect((await arrived(fresh))?.message?.conversation).toBe("with a new key");
    expect(encs(fresh)).toBe(2);
  });
});

describe("a group's message that a device must not take:", () => {
  let group: Group;
  beforeAll(async () => {
    group = ann.createGroup({ subject: "Strict", members: [shop] });
    await said(group, "first");
  });

  it("one that the sender's key did not sign is asked for again", async () => {
    web.fault({ kind: "message_changed", operation: "3EB0UNSIGNED" });
    await said(group, "signed, really", "3EB0UNSIGNED");
    expect(textOf(await ann.received(({ id }) => id === "3EB0UNSIGNED"))).toBe("signed, really");
    expect(ann.unreadable).toContainEqual(expect.objectContaining({ id: "3EB0UNSIGNED", reason: expect.stringContaining("signature") }));
  });

  it("a second copy is refused", async () => {
    web.fault({ kind: "message_repeated", operation: "3EB0AGAIN" });
    await said(group, "once", "3EB0AGAIN");
    expect(ann.unreadable).toContainEqual(expect.objectContaining({ id: "3EB0AGAIN", reason: expect.stringContaining("was read before") }));
    expect(copies(ann, "3EB0AGAIN")).toHaveLength(1);
  });
});

describe("the server refuses a group's message", () => {
  const refused = async (group: Group, text: string) => {
    const sent = await bot.socket.sendMessage(group.jid, { text });
    const all = await bot.next("messages.update", (updates) => updates.some(({ key }) => key.id === sent?.key.id));
    expect(ann.messages.some(({ id }) => id === sent?.key.id)).toBe(false);
    return all[0]?.update.messageStubParameters?.[0];
  };

  it("of somebody who is not in it: 403", async () => {
    const group = ann.createGroup({ subject: "Members", members: [shop] });
    cached = await bot.socket.groupMetadata(group.jid);
    group.remove(ann, shop);
    expect(await refused(group, "still here?")).toBe("403");
    cached = undefined;
  });

  it("where only admins write: 403", async () => {
    const group = ann.createGroup({ subject: "Announcements", members: [shop] });
    group.announce(ann, true);
    expect(await refused(group, "me too")).toBe("403");
  });

  it("that is addressed in another way than the group is: 421", async () => {
    const group = ann.createGroup({ subject: "By LID now", members: [shop], addressing: "lid" });
    cached = { ...(await bot.socket.groupMetadata(group.jid)), addressingMode: "pn" as GroupMetadata["addressingMode"] & string };
    expect(await refused(group, "by number")).toBe("421");
    // what it says of itself and whom it names were not of one kind either
    expect(web.takeComplaints()).toEqual([expect.stringContaining("by another kind of address")]);
    cached = undefined;
  });
});

describe("a status", () => {
  it("of a bot is decrypted by those it is for, and by nobody else", async () => {
    const sent = await bot.socket.sendMessage("status@broadcast", { text: "open today" }, { statusJidList: [ann.jid] });
    expect(await ann.received(({ id }) => id === sent?.key.id)).toMatchObject({
      chat: "status@broadcast",
      content: { extendedTextMessage: { text: "open today" } },
    });
    expect(copies(bob, sent?.key.id ?? "")).toEqual([]);
  });

  it("of a contact comes to the bot with who posted it", async () => {
    const message = await arrived(bob.postStatus("on holiday", [shop]));
    expect(message).toMatchObject({
      key: { remoteJid: "status@broadcast", participant: bob.jid },
      message: { extendedTextMessage: { text: "on holiday" } },
    });
  });
});
