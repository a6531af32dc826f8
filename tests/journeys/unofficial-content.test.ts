import type { OutboundContent } from "@wadesk/core";
import { describe, expect, it } from "vitest";
import { CHATS, chatOf, openChats, userOf } from "./world/open-chats.ts";

const text = (words: string) => ({ kind: "text", text: words }) as const;
const CARD = {
  name: { formatted: "Eve; of \\ Acme, Ltd.", first: "Eve", last: "Adams" },
  phones: [{ phone: "+1 555 000 4444", type: "WORK", whatsappId: "15550004444" }],
  emails: [{ email: "eve@example.com", type: "HOME" }],
  organization: { company: "Acme", department: "Sales", title: "Head" },
  urls: [{ url: "https://example.com/eve" }],
  addresses: [{ street: "Rua A 1", city: "São Paulo", zip: "01000-000", country: "Brazil", type: "WORK" }],
  birthday: "1990-02-28",
};

describe.each(CHATS)("in %s", (name) => {
  it("a text names people, and answers what was written", async () => {
    const world = await openChats();
    const { ana, bob, shop, one, sent } = world;
    const { to, place, groupId } = chatOf(world, name);
    const asked = ana.send(place, "Who is in?");
    const { data } = await one.received.next();
    expect(data).toMatchObject({ messageId: asked, contact: { phone: "+15550002222", lid: userOf(ana.lid) } });
    expect(data.groupId).toBe(groupId);
    const content: OutboundContent = { ...text("Ask @15550003333"), mentions: [{ phone: "+15550003333", lid: userOf(bob.lid) }] };
    const answer = await sent({ to, content, replyTo: asked });
    expect(answer.content.extendedTextMessage).toMatchObject({
      text: `Ask @${userOf(bob.lid)}`,
      contextInfo: { stanzaId: asked, participant: ana.lid, quotedMessage: { conversation: "Who is in?" }, mentionedJid: [bob.lid] },
    });
    // and the other way round
    const contextInfo = { stanzaId: answer.id, participant: shop.lid, quotedMessage: answer.content, mentionedJid: [bob.lid] };
    ana.send(place, { extendedTextMessage: { text: `Fine, @${userOf(bob.lid)}`, contextInfo } });
    expect((await one.received.next()).data).toMatchObject({
      replyTo: answer.id,
      content: { kind: "text", text: `Fine, @${userOf(bob.lid)}`, mentions: [{ lid: userOf(bob.lid) }] },
    });
    world.web.assertClean();
  });

  it("what we wrote ourselves is answered as ours", async () => {
    const world = await openChats();
    const { shop, sent } = world;
    const { to } = chatOf(world, name);
    const first = await sent({ to, content: text("one") });
    const second = await sent({ to, content: text("two"), replyTo: first.id });
    expect(second.content.extendedTextMessage?.contextInfo).toMatchObject({ stanzaId: first.id, participant: shop.lid });
  });

  it("a reaction comes, goes, and is taken back", async () => {
    const world = await openChats();
    const { ana, one, shop, sent } = world;
    const { to, place } = chatOf(world, name);
    const id = ana.send(place, "Good news");
    await one.received.next();
    const reaction = await sent({ to, content: { kind: "reaction", messageId: id, emoji: "👍" } });
    expect(reaction.content.reactionMessage).toMatchObject({ text: "👍", key: { id, fromMe: false } });
    expect(reaction.attributes.type).toBe("reaction");
    const end = await sent({ to, content: { kind: "reaction", messageId: id } });
    expect(end.content.reactionMessage).toMatchObject({ text: "", key: { id } });
    const ours = await sent({ to, content: text("Thanks") });
    const key = { remoteJid: place.jid === shop.jid ? shop.lid : place.jid, fromMe: false, id: ours.id, participant: shop.lid };
    ana.send(place, { reactionMessage: { key, text: "❤️" } });
    expect((await one.received.next()).data.content).toEqual({ kind: "reaction", messageId: ours.id, emoji: "❤️" });
    ana.send(place, { reactionMessage: { key, text: "" } });
    expect((await one.received.next()).data.content).toEqual({ kind: "reaction", messageId: ours.id });
  });

  it("a place", async () => {
    const world = await openChats();
    const { ana, one, sent } = world;
    const { to, place } = chatOf(world, name);
    const content = {
      kind: "location",
      latitude: -23.5,
      longitude: 13.25,
      name: "Acme",
      address: "Rua A 1",
      url: "https://example.com",
    } as const;
    const { content: came } = await sent({ to, content });
    expect(came.locationMessage).toMatchObject({ degreesLatitude: -23.5, degreesLongitude: 13.25, name: "Acme", address: "Rua A 1" });
    ana.send(place, came);
    expect((await one.received.next()).data.content).toEqual(content);
  });

  it("cards of an address book, one and several", async () => {
    const world = await openChats();
    const { ana, one, sent } = world;
    const { to, place } = chatOf(world, name);
    const single = await sent({ to, content: { kind: "contacts", contacts: [CARD] } });
    expect(single.content.contactMessage).toMatchObject({
      displayName: CARD.name.formatted,
      vcard: expect.stringContaining("waid=15550004444:"),
    });
    const both = await sent({ to, content: { kind: "contacts", contacts: [CARD, { name: { formatted: "Ann" } }] } });
    expect(both.content.contactsArrayMessage).toMatchObject({ contacts: [{ displayName: CARD.name.formatted }, { displayName: "Ann" }] });
    ana.send(place, single.content);
    expect((await one.received.next()).data.content).toMatchObject({ kind: "contacts", contacts: [CARD] });
    ana.send(place, both.content);
    const { content } = (await one.received.next()).data;
    expect(content).toMatchObject({ kind: "contacts", contacts: [CARD, { name: { formatted: "Ann" } }] });
    // what came in goes on as it was
    if (content.kind !== "contacts") throw new Error("no cards");
    const passed = await sent({ to, content: { kind: "contacts", contacts: content.contacts.slice(0, 1) } });
    expect(passed.content.contactMessage).toMatchObject(single.content.contactMessage as object);
  });

  it("what is not known cannot be spoken of, and the refusal names the field", async () => {
    const world = await openChats();
    const { to } = chatOf(world, name);
    const unknown = (content: OutboundContent, replyTo?: string) =>
      world.acme.send({ to, content, ...(replyTo !== undefined && { replyTo }) });
    await expect(unknown(text("yes"), "3EB0NOBODY")).rejects.toMatchObject({
      code: "input_invalid",
      issues: [{ field: "replyTo", code: "not_found" }],
    });
    await expect(unknown({ kind: "reaction", messageId: "3EB0NOBODY", emoji: "👍" })).rejects.toMatchObject({
      code: "content_invalid",
      issues: [{ field: "content.messageId", code: "not_found" }],
    });
  });
});

it("in a group whose members know each other by number everybody is named so", async () => {
  const world = await openChats();
  const { web, ana, bob, shop, one, sent, groupChanges } = world;
  const group = ana.createGroup({ subject: "By number", members: [shop, bob], addressing: "number" });
  await groupChanges.next();
  const to = { groupId: group.jid };
  const id = bob.send(group, "Hello");
  const { contact } = (await one.received.next()).data;
  expect(contact).toMatchObject({ phone: "+15550003333", lid: userOf(bob.lid) });
  const mentions = [{ lid: userOf(bob.lid) }];
  const answer = await sent({ to, content: { kind: "text", text: `Hi @${userOf(bob.lid)}`, mentions }, replyTo: id });
  expect(answer.content.extendedTextMessage).toMatchObject({
    text: `Hi @${bob.number}`,
    contextInfo: { participant: bob.jid, mentionedJid: [bob.jid] },
  });
  const reaction = await sent({ to, content: { kind: "reaction", messageId: id, emoji: "👋" } });
  expect(reaction.content.reactionMessage).toMatchObject({ key: { remoteJid: group.jid, participant: bob.jid } });
  const poll = await sent({ to, content: { kind: "poll", question: "Soup?", options: ["Yes", "No"] } });
  ana.send(group, ana.vote(poll, "No"));
  expect((await one.received.next()).data.content).toEqual({ kind: "poll_vote", messageId: poll.id, options: ["No"] });
  web.assertClean();
});
