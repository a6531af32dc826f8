import { createWhatsAppWeb, type Phone, type WhatsAppWeb } from "@wadesk/testing/whatsapp-web";
import { encodeSyncdPatch, newLTHashState, proto } from "@whiskeysockets/baileys";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Bot, linkBot, openBot } from "./open-bot.ts";

let web: WhatsAppWeb;
let shop: Phone;
let bob: Phone;
let bot: Bot;
// without these Baileys believes every MAC
const verifying = { appStateMacVerification: { patch: true, snapshot: true } };
const linkWithKeys = async () => {
  const linked = await linkBot(web, shop, verifying);
  shop.shareKeys();
  await linked.bot.next("creds.update", ({ myAppStateKeyId }) => myAppStateKeyId !== undefined);
  return linked;
};
beforeAll(async () => {
  web = await createWhatsAppWeb({ repeatedTokens: "allowed" });
  shop = web.addPhone({ number: "15550001111", name: "Shop" });
  bob = web.addPhone({ number: "15550002222", name: "Bob" });
  ({ bot } = await linkWithKeys());
});
afterEach(() => web.assertClean());
afterAll(async () => {
  await bot.end();
  await web.close();
});

const chat = (fields: object) => bot.next("chats.update", (chats) => chats.some((each) => matches(each, { id: bob.jid, ...fields })));
const matches = (value: object, fields: object) =>
  Object.entries(fields).every(([name, expected]) => JSON.stringify(Reflect.get(value, name)) === JSON.stringify(expected));
const lastMessages = () => [{ key: { id: "3EB0", remoteJid: bob.jid, fromMe: false }, messageTimestamp: 1_700_000_000 }];

describe("what the phone changes reaches the bot", () => {
  it.each([
    ["an archived chat", () => shop.archive(bob), { archived: true }],
    ["a chat taken out of the archive", () => shop.archive(bob, false), { archived: false }],
    ["a muted chat", () => shop.mute(bob, 1_900_000_000_000), { muteEndTime: 1_900_000_000_000 }],
    ["a chat that is loud again", () => shop.mute(bob, undefined), { muteEndTime: null }],
    ["a read chat", () => shop.markRead(bob), { unreadCount: 0 }],
    ["a chat marked as unread", () => shop.markRead(bob, false), { unreadCount: -1 }],
    ["a chat taken from the top", () => shop.pin(bob, false), { pinned: null }],
  ])("%s", async (_what, act, fields) => {
    act();
    await chat(fields);
  });

  it("a pinned chat, with the time of it", async () => {
    shop.pin(bob);
    await bot.next("chats.update", ([update]) => update?.id === bob.jid && typeof update.pinned === "number");
  });

  it("a contact's name, with number and LID", async () => {
    shop.rename(bob, "Bob the Builder");
    const [contact] = await bot.next("contacts.upsert");
    expect(contact).toMatchObject({ id: bob.jid, name: "Bob the Builder", lid: bob.lid, phoneNumber: bob.jid });
  });

  it("its own name", async () => {
    shop.setName("Shop & Sons");
    await bot.next("creds.update", ({ me }) => me?.name === "Shop & Sons");
  });

  it("a starred message", async () => {
    shop.star({ chat: bob, id: "3EB0" });
    const [update] = await bot.next("messages.update", (updates) => updates[0]?.update.starred !== undefined);
    expect(update).toEqual({ key: { remoteJid: bob.jid, id: "3EB0", fromMe: false }, update: { starred: true } });
  });

  it("a message deleted for oneself", async () => {
    shop.deleteForMe({ chat: bob, id: "3EB0", fromMe: true });
    expect(await bot.next("messages.delete")).toEqual({ keys: [{ remoteJid: bob.jid, id: "3EB0", fromMe: true }] });
  });

  it("a deleted chat", async () => {
    shop.deleteChat(bob);
    expect(await bot.next("chats.delete")).toEqual([bob.jid]);
  });

  it("several things in one patch", async () => {
    shop.change(
      "regular_low",
      { index: ["archive", bob.jid], action: { archiveChatAction: { archived: true } } },
      { index: ["pin_v1", bob.jid], action: { pinAction: { pinned: false } } },
    );
    await chat({ archived: true, pinned: null });
  });
});

describe("what the bot changes reaches the phone", () => {
  it.each([
    ["an archived chat", () => ({ archive: true, lastMessages: lastMessages() }), ["archive"], { archiveChatAction: { archived: true } }],
    ["a pinned chat", () => ({ pin: true }), ["pin_v1"], { pinAction: { pinned: true } }],
    ["a muted chat", () => ({ mute: 1_900_000_000_000 }), ["mute"], { muteAction: { muted: true, muteEndTimestamp: 1_900_000_000_000 } }],
    ["a read chat", () => ({ markRead: true, lastMessages: lastMessages() }), ["markChatAsRead"], { markChatAsReadAction: { read: true } }],
    ["a deleted chat", () => ({ delete: true as const, lastMessages: lastMessages() }), ["deleteChat"], { deleteChatAction: {} }],
    ["a cleared chat", () => ({ clear: true, lastMessages: lastMessages() }), ["clearChat"], { clearChatAction: {} }],
    ["a starred message", () => ({ star: { messages: [{ id: "3EB0" }], star: true } }), ["star"], { starAction: { starred: true } }],
  ] as const)("%s", async (_what, change, [kind], action) => {
    await bot.socket.chatModify(change() as Parameters<typeof bot.socket.chatModify>[0], bob.jid);
    const changed = await shop.changed();
    expect(changed.index.slice(0, 2)).toEqual([kind, bob.jid]);
    expect(changed.action).toMatchObject(action);
    expect(changed.by).toBe(shop.clients[0]?.jid);
    expect(shop.state(changed.collection)).toContainEqual(expect.objectContaining({ index: changed.index }));
  });

  it("its push name, by which contacts know it from then on", async () => {
    await bot.socket.updateProfileName("Shop & Sons");
    expect(await shop.changed()).toMatchObject({ collection: "critical_block", action: { pushNameSetting: { name: "Shop & Sons" } } });
    expect(shop.name).toBe("Shop & Sons");
  });

  it("a contact", async () => {
    await bot.socket.addOrEditContact(bob.jid, { fullName: "Bob the Builder", firstName: "Bob" });
    expect(await shop.changed()).toMatchObject({ index: ["contact", bob.jid], action: { contactAction: { fullName: "Bob the Builder" } } });
  });

  it("many changes in a row, each on top of the last", async () => {
    for (const pin of [true, false, true]) await bot.socket.chatModify({ pin }, bob.jid);
    for (const pinned of [true, false, true]) expect((await shop.changed()).action).toMatchObject({ pinAction: { pinned } });
    expect(shop.state("regular_low").filter(({ index }) => index[0] === "pin_v1")).toHaveLength(1);
  });

  it("after the phone has changed something itself", async () => {
    shop.archive(bob);
    shop.pin(bob);
    await bot.socket.chatModify({ pin: false }, bob.jid);
    expect((await shop.changed()).action).toMatchObject({ pinAction: { pinned: false } });
    expect(shop.state("regular_low").find(({ index }) => index[0] === "archive")?.action).toMatchObject({
      archiveChatAction: { archived: true },
    });
    shop.archive(bob, false);
    await chat({ archived: false });
  });

  it("and another bot of the same account", async () => {
    const other = await linkWithKeys();
    await bot.socket.chatModify({ archive: true, lastMessages: lastMessages() }, bob.jid);
    await other.bot.next("chats.update", ([update]) => update?.id === bob.jid && update.archived === true);
    await other.bot.end();
  });
});

describe("a bot that was away", () => {
  it("fetches patch after patch, in several answers", async () => {
    shop.rename(bob, "Bob");
    await bot.next("contacts.upsert", ([contact]) => contact?.name === "Bob");
    await bot.end();
    await shop.clients[0]?.disconnected();
    for (let turn = 0; turn < 12; turn += 1) shop.rename(bob, `Bob ${turn}`);
    bot = openBot(web, verifying, bot.store);
    await bot.next("contacts.upsert", ([contact]) => contact?.name === "Bob 11");
    expect(web.transcript()).toContain('has_more_patches="true"');
  });

  it("that has nothing yet gets a snapshot from the media host", async () => {
    for (const name of ["Robert", "Bob"]) shop.rename(bob, name);
    const other = await linkWithKeys();
    await other.bot.socket.resyncAppState(["critical_unblock_low"], false);
    expect(web.transcript()).toMatch(/"critical_unblock_low" version="\d+">\n +<snapshot>/);
    const [contact] = await other.bot.next("contacts.upsert");
    expect(contact).toMatchObject({ id: bob.jid, name: "Bob" });
    await other.bot.socket.addOrEditContact(bob.jid, { fullName: "Bobby" });
    await shop.changed(({ action, by }) => by === other.client.jid && matches(action.contactAction ?? {}, { fullName: "Bobby" }));
    await other.bot.end();
  });

  it("that asks its phone for keys gets them", async () => {
    const { bot: other } = await linkWithKeys();
    const shared = () =>
      other.next("messages.upsert", ({ messages }) => messages[0]?.message?.protocolMessage?.appStateSyncKeyShare?.keys?.length === 1);
    await shared();
    const { APP_STATE_SYNC_KEY_REQUEST } = proto.Message.ProtocolMessage.Type;
    const protocolMessage = { type: APP_STATE_SYNC_KEY_REQUEST, appStateSyncKeyRequest: { keyIds: [] } };
    await other.socket.relayMessage(shop.jid, { protocolMessage }, { additionalAttributes: { category: "peer" } });
    await shared();
    await other.end();
  });

  it("without the newest key waits for it, and reads what it missed when the phone shares it", async () => {
    shop.newKey();
    shop.mute(bob, 1_900_000_000_001);
    await web.until("the second attempt", () =>
      web.transcript().match(/name="regular_high".*return_snapshot="true"/g)?.length ? true : undefined,
    );
    const missed = ({ muteEndTime }: { readonly muteEndTime?: number | null }) => muteEndTime === 1_900_000_000_001;
    expect(bot.events.some(({ name, data }) => name === "chats.update" && (data as object[]).some(missed))).toBe(false);
    shop.shareKeys();
    await chat({ muteEndTime: 1_900_000_000_001 });
    await bot.socket.chatModify({ mute: null }, bob.jid);
    await shop.changed(({ action }) => matches(action.muteAction ?? {}, { muted: false }));
  });
});

describe("a patch that is not in order", () => {
  type Patch = ReturnType<typeof proto.SyncdPatch.create>;
  const index = ["pin_v1", "15550009999@s.whatsapp.net"];
  /** A patch as Baileys makes it, for the collection that nobody has used. */
  const patch = async (change: (patch: Patch) => void = () => {}): Promise<Uint8Array> => {
    const { creds, keys } = bot.socket.authState;
    const mutation = { type: "regular" as const, index, syncAction: { pinAction: { pinned: true } }, apiVersion: 5, operation: 0 };
    const keyOf = async (id: string) => (await keys.get("app-state-sync-key", [id]))[id];
    const made = await encodeSyncdPatch(mutation, creds.myAppStateKeyId ?? "", newLTHashState(), keyOf);
    const bytes = proto.SyncdPatch.encode(made.patch).finish();
    const copy = proto.SyncdPatch.decode(bytes);
    change(copy);
    return proto.SyncdPatch.encode(copy).finish();
  };
  const push = (content: Uint8Array, version: number, name = "regular") =>
    bot.socket.query({
      tag: "iq",
      attrs: { to: "s.whatsapp.net", type: "set", xmlns: "w:sync:app:state" },
      content: [
        {
          tag: "sync",
          attrs: {},
          content: [{ tag: "collection", attrs: { name, version: String(version) }, content: [{ tag: "patch", attrs: {}, content }] }],
        },
      ],
    });
  const flip = (bytes: Uint8Array | null | undefined, at = 0): void => {
    if (bytes) bytes[at] = (bytes[at] ?? 0) ^ 1;
  };

  it.each([
    ["a flipped bit in its value", "the MAC of a value", ({ mutations }: Patch) => flip(mutations[0]?.record?.value?.blob, 20)],
    ["a flipped bit in its index", "the MAC of an index", ({ mutations }: Patch) => flip(mutations[0]?.record?.index?.blob)],
    ["a flipped bit in the snapshot's MAC", "the MAC of the snapshot", ({ snapshotMac }: Patch) => flip(snapshotMac)],
    ["a flipped bit in its own MAC", "the MAC of the patch", ({ patchMac }: Patch) => flip(patchMac)],
    ["a key of nobody's", "a key is none", ({ mutations }: Patch) => flip(mutations[0]?.record?.keyId?.id)],
  ])("with %s is refused", async (_what, complaint, change) => {
    await expect(push(await patch(change), 0)).rejects.toThrow("bad-request");
    expect(web.takeComplaints()).toEqual([expect.stringContaining(complaint)]);
    expect(shop.state("regular")).toEqual([]);
  });

  it("of a collection that there is not is refused", async () => {
    await expect(push(await patch(), 0, "regular_middle")).rejects.toThrow("bad-request");
  });

  it("on top of another version is a conflict; the same in order is taken", async () => {
    const answered = JSON.stringify(await push(await patch(), 7));
    expect(answered).toContain('"type":"error"');
    expect(answered).toContain('"code":"409"');
    expect(shop.state("regular")).toEqual([]);
    await push(await patch(), 0);
    expect(shop.state("regular")).toEqual([expect.objectContaining({ index })]);
  });

  it("is what Baileys 7.0.0-rc14 makes of a contact that it took out and that comes back: its own hash went astray", async () => {
    const other = await linkWithKeys();
    const { socket } = other.bot;
    await socket.addOrEditContact("15550003333@s.whatsapp.net", { fullName: "Eve" });
    await socket.removeContact("15550003333@s.whatsapp.net");
    expect(await shop.changed(({ isRemoved }) => isRemoved === true)).toMatchObject({ index: ["contact", "15550003333@s.whatsapp.net"] });
    expect(shop.state("critical_unblock_low").map(({ index: [, jid] }) => jid)).not.toContain("15550003333@s.whatsapp.net");
    await expect(socket.addOrEditContact("15550003333@s.whatsapp.net", { fullName: "Eve" })).rejects.toThrow("bad-request");
    expect(web.takeComplaints()).toEqual([expect.stringContaining("the MAC of the snapshot is wrong")]);
    await other.bot.end();
  });
});
