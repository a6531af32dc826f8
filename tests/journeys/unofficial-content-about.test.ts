import type { OutboundContent } from "@wadesk/core";
import { describe, expect, it } from "vitest";
import { CHATS, chatOf, openChats, userOf } from "./world/open-chats.ts";

const text = (words: string) => ({ kind: "text", text: words }) as const;

describe.each(CHATS)("in %s", (name) => {
  it("a message of ours is changed, and one of theirs is told as changed", async () => {
    const world = await openChats();
    const { ana, shop, one, sent } = world;
    const { to, place, groupId } = chatOf(world, name);
    const edited = world.told("message.edited");
    const ours = await sent({ to, content: text("teh") });
    const edit = await sent({ to, content: { kind: "edit", messageId: ours.id, text: "the" } });
    expect(edit.attributes.edit).toBe("1");
    expect(edit.content.protocolMessage).toMatchObject({
      type: 14,
      key: { id: ours.id, fromMe: true },
      editedMessage: { extendedTextMessage: { text: "the" } },
    });
    const id = ana.send(place, "wrold");
    await one.received.next();
    const chat = groupId ?? shop.lid;
    const protocolMessage = { key: { remoteJid: chat, fromMe: true, id }, type: 14, editedMessage: { conversation: "world" } };
    ana.send(place, { protocolMessage });
    const { data } = await edited.next();
    expect(data).toMatchObject({ messageId: id, content: text("world"), fromBusiness: false, contact: { lid: userOf(ana.lid) } });
    expect(data.groupId).toBe(groupId);
    // somebody else's words are nobody's to change
    ana.send(place, {
      protocolMessage: { key: { remoteJid: chat, fromMe: false, id: ours.id }, type: 14, editedMessage: { conversation: "lies" } },
    });
    ana.send(place, "after");
    await one.received.next(({ data: { content } }) => content.kind === "text" && content.text === "after");
    expect(edited.all).toHaveLength(1);
    const theirs = world.acme.send({ to, content: { kind: "edit", messageId: id, text: "mine" } });
    await expect(theirs).rejects.toMatchObject({ code: "content_invalid", issues: [{ field: "content.messageId", code: "conflicts" }] });
  });

  it("a message of ours is taken back, and one of theirs is told as taken back", async () => {
    const world = await openChats();
    const { ana, shop, one, sent } = world;
    const { to, place, groupId } = chatOf(world, name);
    const revoked = world.told("message.revoked");
    const ours = await sent({ to, content: text("oops") });
    const end = await sent({ to, content: { kind: "delete", messageId: ours.id } });
    expect(end.attributes.edit).toBe("7");
    expect(end.content.protocolMessage).toMatchObject({ key: { id: ours.id, fromMe: true } });
    const id = ana.send(place, "oops too");
    await one.received.next();
    ana.send(place, { protocolMessage: { key: { remoteJid: groupId ?? shop.lid, fromMe: true, id }, type: 0 } });
    expect((await revoked.next()).data).toMatchObject({ messageId: id, fromBusiness: false, contact: { phone: "+15550002222" } });
  });

  it("a poll is voted in, and the vote taken back", async () => {
    const world = await openChats();
    const { ana, one, sent } = world;
    const { to, place } = chatOf(world, name);
    const poll: OutboundContent = { kind: "poll", question: "Lunch?", options: ["Pizza", "Soup", "Salad"], selectable: 2 };
    const asked = await sent({ to, content: poll });
    expect(asked.attributes.type).toBe("poll");
    expect(asked.content.pollCreationMessage).toMatchObject({
      name: "Lunch?",
      selectableOptionsCount: 2,
      options: [{ optionName: "Pizza" }, {}, {}],
    });
    ana.send(place, ana.vote(asked, "Soup", "Salad"));
    expect((await one.received.next()).data.content).toEqual({ kind: "poll_vote", messageId: asked.id, options: ["Soup", "Salad"] });
    ana.send(place, ana.vote(asked));
    expect((await one.received.next()).data.content).toEqual({ kind: "poll_vote", messageId: asked.id, options: [] });
    const single = await sent({ to, content: { ...poll, selectable: 1 } });
    expect(single.content.pollCreationMessageV3).toMatchObject({ selectableOptionsCount: 1 });
    ana.send(place, single.content);
    expect((await one.received.next()).data.content).toEqual({ ...poll, selectable: 1 });
  });

  it("a vote in a poll that nobody knows here is told as what cannot be read", async () => {
    const world = await openChats();
    const { ana, one, sent } = world;
    const { to, place } = chatOf(world, name);
    const asked = await sent({ to, content: { kind: "poll", question: "Lunch?", options: ["Pizza", "Soup"] } });
    const { pollUpdateMessage } = ana.vote(asked, "Soup") as { readonly pollUpdateMessage: { readonly pollCreationMessageKey: object } };
    const pollCreationMessageKey = { ...pollUpdateMessage.pollCreationMessageKey, id: "3EB0NOBODY" };
    ana.send(place, { pollUpdateMessage: { ...pollUpdateMessage, pollCreationMessageKey } });
    expect((await one.received.next()).data.content).toMatchObject({ kind: "unsupported", vendorType: "pollUpdateMessage" });
  });

  it("a message is pinned and taken down, by either side", async () => {
    const world = await openChats();
    const { ana, one, shop, sent } = world;
    const { to, place, groupId } = chatOf(world, name);
    const id = ana.send(place, "Meet at six");
    await one.received.next();
    const pin = await sent({ to, content: { kind: "pin", messageId: id, pinned: true, seconds: 604_800 } });
    expect(pin.attributes.edit).toBe("2");
    expect(pin.content).toMatchObject({
      pinInChatMessage: { type: 1, key: { id, fromMe: false } },
      messageContextInfo: { messageAddOnDurationInSecs: 604_800 },
    });
    const down = await sent({ to, content: { kind: "pin", messageId: id, pinned: false } });
    expect(down.content.pinInChatMessage).toMatchObject({ type: 2 });
    const key = { remoteJid: groupId ?? shop.lid, fromMe: true, id };
    ana.send(place, { pinInChatMessage: { key, type: 1 }, messageContextInfo: { messageAddOnDurationInSecs: 86_400 } });
    expect((await one.received.next()).data.content).toEqual({ kind: "pin", messageId: id, pinned: true, seconds: 86_400 });
    ana.send(place, { pinInChatMessage: { key, type: 2 } });
    expect((await one.received.next()).data.content).toEqual({ kind: "pin", messageId: id, pinned: false });
  });

  it("a message is passed on, and says how often it was", async () => {
    const world = await openChats();
    const { ana, bob, one, sent } = world;
    const { to, place } = chatOf(world, name);
    const id = bob.send(world.shop, "A joke");
    await one.received.next();
    const passed = await sent({ to, content: { kind: "forward", messageId: id } });
    expect(passed.content.extendedTextMessage).toMatchObject({ text: "A joke", contextInfo: { isForwarded: true, forwardingScore: 1 } });
    ana.send(place, passed.content);
    const { data } = await one.received.next();
    expect(data).toMatchObject({ forwarded: true, content: text("A joke") });
    const again = await sent({ to: { phone: "+15550003333" }, content: { kind: "forward", messageId: data.messageId } }, bob);
    expect(again.content.extendedTextMessage).toMatchObject({ contextInfo: { forwardingScore: 2 } });
    const ours = await sent({ to, content: text("Our own") });
    const own = await sent({ to, content: { kind: "forward", messageId: ours.id } });
    expect(own.content.extendedTextMessage?.contextInfo ?? {}).not.toHaveProperty("forwardingScore");
  });
});

it("in a group an admin takes back what others wrote, and is believed; whoever is none is not", async () => {
  const world = await openChats();
  const { ana, bob, shop, group, one, acme, sent } = world;
  const revoked = world.told("message.revoked");
  const to = { groupId: group.jid };
  await acme.groups.get(group.jid);
  const id = bob.send(group, "rude");
  await one.received.next();
  // the shop is no admin here, yet what it may WhatsApp decides
  const end = await sent({ to, content: { kind: "delete", messageId: id } });
  expect([end.attributes.edit, end.content.protocolMessage]).toMatchObject(["8", { key: { id, participant: bob.lid } }]);
  const ours = await sent({ to, content: text("ours") });
  const about = { remoteJid: group.jid, fromMe: false, id: ours.id, participant: shop.lid };
  bob.send(group, { protocolMessage: { key: about, type: 0 } });
  bob.send(group, "nothing happened");
  await one.received.next();
  expect(revoked.all).toEqual([]);
  ana.send(group, { protocolMessage: { key: about, type: 0 } });
  expect((await revoked.next()).data).toMatchObject({ messageId: ours.id, contact: { lid: userOf(ana.lid) } });
});

it("in a chat of two somebody else's message is not taken back", async () => {
  const { ana, shop, one, acme } = await openChats();
  const id = ana.send(shop, "mine");
  await one.received.next();
  const refused = acme.send({ to: "+15550002222", content: { kind: "delete", messageId: id } });
  await expect(refused).rejects.toMatchObject({ code: "content_invalid", issues: [{ field: "content.messageId", code: "conflicts" }] });
});

it("the id of a message that somebody sends a second time still stands for the first", async () => {
  const { ana, bob, shop, one, sent } = await openChats();
  ana.send(shop, "first", { id: "3EB0SAME" });
  await one.received.next();
  bob.send(shop, "second", { id: "3EB0SAME" });
  await one.received.next();
  const { content } = await sent({ to: "+15550002222", content: text("I see"), replyTo: "3EB0SAME" });
  expect(content.extendedTextMessage?.contextInfo).toMatchObject({ quotedMessage: { conversation: "first" } });
});
