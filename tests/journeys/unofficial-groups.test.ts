import { describe, expect, it } from "vitest";
import { type AnyChats, openBridgedChats } from "./world/bridged-chats.ts";
import { openChats, userOf } from "./world/open-chats.ts";

const text = (words: string) => ({ kind: "text", text: words }) as const;

describe.each([
  ["a phone", openChats],
  ["a phone whose session a bridge keeps", openBridgedChats],
] as const)("the groups of %s", (_which, open: () => Promise<AnyChats>) => {
  it("are listed and read, with who is in them by both names", async () => {
    const { acme, ana, bob, shop, group } = await open();
    const listed = await acme.groups.list();
    expect(listed.map(({ id, subject }) => [id, subject])).toEqual([[group.jid, "Team"]]);
    const found = await acme.groups.get(group.jid);
    expect(found).toMatchObject({ id: group.jid, subject: "Team", announcement: false, locked: false, createdAt: expect.any(Number) });
    expect([...found.members].sort((one, other) => ((one.contact.phone ?? "") < (other.contact.phone ?? "") ? -1 : 1))).toEqual([
      { contact: { phone: "+15550001111", lid: userOf(shop.lid) }, role: "member" },
      { contact: { phone: "+15550002222", lid: userOf(ana.lid) }, role: "owner" },
      { contact: { phone: "+15550003333", lid: userOf(bob.lid) }, role: "member" },
    ]);
  });

  it.each([
    ["by number", ({ bob }: AnyChats) => `+${bob.number}`],
    ["by LID", ({ bob }: AnyChats) => ({ lid: userOf(bob.lid) })],
  ])("are made, changed and left %s", async (_how, nameOf) => {
    const world = await open();
    const { web, acme, ana, bob, shop, one } = world;
    const { group, refused } = await acme.groups.create({ subject: "Lunch", members: [nameOf(world)] });
    expect([refused, group.members.map(({ contact: { lid, phone } }) => lid ?? phone).length]).toEqual([[], 2]);
    const made = web.group(group.id);
    expect(made.members.map(({ jid }) => jid).sort()).toEqual([shop.jid, bob.jid].sort());
    const changed = await acme.groups.change(group.id, {
      subject: "Dinner",
      description: "At eight",
      announcement: true,
      locked: true,
      disappearAfter: 86_400,
      add: [`+${ana.number}`],
      promote: [nameOf(world)],
    });
    expect(changed.refused).toEqual([]);
    expect(changed.group).toMatchObject({
      subject: "Dinner",
      description: "At eight",
      announcement: true,
      locked: true,
      disappearAfter: 86_400,
    });
    expect(made.members.map(({ jid, role }) => [jid, role]).sort()).toEqual(
      [
        [shop.jid, "superadmin"],
        [ana.jid, "member"],
        [bob.jid, "admin"],
      ].sort(),
    );
    await acme.groups.change(group.id, { demote: [nameOf(world)], announcement: false, description: "", disappearAfter: 0 });
    await acme.groups.change(group.id, { remove: [nameOf(world)] });
    expect([made.members.length, made.description, made.ephemeral]).toEqual([2, undefined, undefined]);
    await acme.send({ to: { groupId: group.id }, content: text("Who comes?") });
    expect((await ana.received()).content.extendedTextMessage?.text).toBe("Who comes?");
    await acme.groups.leave(group.id);
    expect(made.members.map(({ jid }) => jid)).toEqual([ana.jid]);
    await expect(acme.send({ to: { groupId: group.id }, content: text("Still here?") })).rejects.toMatchObject({
      code: "provider_refused",
      vendor: { code: 403 },
    });
    expect(one.lines.filter(({ level }) => level === "error")).toEqual([]);
    web.assertClean();
  });

  it("tell whom nobody may add, and the rest is done", async () => {
    const { acme, ana, bob } = await open();
    bob.setPrivacy("groupadd", "none");
    const { group } = await acme.groups.create({ subject: "Lunch", members: [`+${ana.number}`] });
    const { refused } = await acme.groups.change(group.id, { add: [`+${bob.number}`], subject: "Dinner" });
    expect(refused).toEqual([{ contact: { phone: "+15550003333" }, action: "add", code: "403" }]);
    expect((await acme.groups.get(group.id)).subject).toBe("Dinner");
  });

  it("refuse what the number may not do with WhatsApp's code, and what is none with ours", async () => {
    const { acme, group } = await open();
    await expect(acme.groups.change(group.jid, { remove: ["+15550003333"] })).rejects.toMatchObject({
      code: "provider_refused",
      vendor: { code: 403 },
    });
    await expect(acme.groups.get("120363000000000000@g.us")).rejects.toMatchObject({ code: "provider_refused", vendor: { code: 404 } });
    await expect(acme.groups.get("15550002222")).rejects.toMatchObject({ code: "recipient_invalid" });
    await expect(acme.groups.join("nothing")).rejects.toMatchObject({ code: "provider_refused", vendor: { code: 404 } });
  });

  it("are joined by an invitation, whose address is renewed", async () => {
    const { acme, ana, bob, shop, web } = await open();
    const theirs = bob.createGroup({ subject: "Club", members: [ana] });
    expect(await acme.groups.join(`https://chat.whatsapp.com/${theirs.inviteCode}`)).toBe(theirs.jid);
    expect(theirs.members.map(({ jid }) => jid)).toContain(shop.jid);
    const { group } = await acme.groups.create({ subject: "Ours", members: [] });
    const first = await acme.groups.invite(group.id);
    expect(first).toBe(`https://chat.whatsapp.com/${web.group(group.id).inviteCode}`);
    const second = await acme.groups.invite(group.id, { renew: true });
    expect(second).not.toBe(first);
    expect(second).toBe(`https://chat.whatsapp.com/${web.group(group.id).inviteCode}`);
  });

  it("are asked for once, and again after a notice of a change", async () => {
    const { acme, web, ana, bob, group, groupChanges: changes } = await open();
    const asked = () => web.transcript().split('<query request="interactive"').length - 1;
    const send = async (words: string) => {
      await acme.send({ to: { groupId: group.jid }, content: text(words) });
      await bob.received((message) => message.content.extendedTextMessage?.text === words);
    };
    await send("one");
    await send("two");
    await acme.groups.get(group.jid);
    expect(asked()).toBe(1);
    group.rename(ana, "New name");
    await changes.next(({ data }) => data.change === "subject");
    await send("three");
    await send("four");
    expect(asked()).toBe(2);
  });

  it("somebody who was added reads what comes next, and who was removed does not", async () => {
    const { acme, web, ana, bob, group, groupChanges: changes } = await open();
    const eve = web.addPhone({ number: "15550004444", name: "Eve" });
    const send = (words: string) => acme.send({ to: { groupId: group.jid }, content: text(words) });
    await send("before");
    group.add(ana, eve);
    await changes.next(({ data }) => data.change === "added");
    await send("welcome");
    expect((await eve.received()).content.extendedTextMessage?.text).toBe("welcome");
    group.remove(ana, eve);
    await changes.next(({ data }) => data.change === "removed");
    await send("she is gone");
    await bob.received(({ content }) => content.extendedTextMessage?.text === "she is gone");
    expect(eve.messages).toHaveLength(1);
  });
});

it("what others do with a group is told, with who did it and whom it is about", async () => {
  const { web, ana, bob, group, groupChanges: changes } = await openChats();
  const eve = web.addPhone({ number: "15550004444", name: "Eve" });
  const byAna = { groupId: group.jid, contact: { phone: "+15550002222", lid: userOf(ana.lid) } };
  const person = (phone: { readonly number: string; readonly lid: string }) => ({ phone: `+${phone.number}`, lid: userOf(phone.lid) });
  const next = async (change: string) => (await changes.next(({ data }) => data.change === change)).data;
  group.rename(ana, "Crew");
  expect(await next("subject")).toMatchObject({ ...byAna, value: "Crew" });
  group.describe(ana, "All of us");
  expect(await next("description")).toMatchObject({ ...byAna, value: "All of us" });
  group.add(ana, eve);
  expect(await next("added")).toMatchObject({ ...byAna, added: [person(eve)] });
  group.promote(ana, bob);
  expect(await next("promoted")).toMatchObject({ ...byAna, promoted: [person(bob)] });
  group.demote(ana, bob);
  expect(await next("demoted")).toMatchObject({ ...byAna, demoted: [person(bob)] });
  group.remove(ana, eve);
  expect(await next("removed")).toMatchObject({ ...byAna, removed: [person(eve)] });
  group.announce(ana, true);
  expect(await next("announcement")).toMatchObject({ ...byAna, value: "on" });
  group.lock(ana, true);
  expect(await next("locked")).toMatchObject({ ...byAna, value: "on" });
  group.expire(ana, 86_400);
  expect(await next("disappearing")).toMatchObject({ ...byAna, value: "86400" });
  group.revokeInvite(ana);
  expect(await next("invite")).toMatchObject({ ...byAna, value: group.inviteCode });
  group.leave(bob);
  expect(await next("left")).toMatchObject({ groupId: group.jid, contact: { lid: userOf(bob.lid) }, removed: [person(bob)] });
});
