import { createWhatsAppWeb, type Phone, type WhatsAppWeb } from "@wadesk/testing/whatsapp-web";
import type { GroupMetadata } from "@whiskeysockets/baileys";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Bot, linkBot } from "./open-bot.ts";

let web: WhatsAppWeb;
let shop: Phone;
let ann: Phone;
let bob: Phone;
let bot: Bot;
beforeAll(async () => {
  web = await createWhatsAppWeb({ repeatedTokens: "allowed" });
  shop = web.addPhone({ number: "15550001111", name: "Shop" });
  ann = web.addPhone({ number: "15550002222", name: "Ann" });
  bob = web.addPhone({ number: "15550003333", name: "Bob" });
  ({ bot } = await linkBot(web, shop));
});
afterEach(() => web.assertClean());
afterAll(async () => {
  await bot.end();
  await web.close();
});

const roles = (jid: string) => web.group(jid).members.map(({ jid: member, role }) => [member, role]);
const made = async (subject: string, ...members: readonly Phone[]) => {
  const { id } = await bot.socket.groupCreate(
    subject,
    members.map(({ jid }) => jid),
  );
  return web.group(id);
};
const participants = (jid: string, action: string) =>
  bot.next("group-participants.update", (update) => update.id === jid && update.action === action);

const changed = (jid: string, expected: Partial<GroupMetadata>) =>
  bot.next("groups.update", (updates) => {
    const found = updates.find(({ id }) => id === jid);
    return Object.entries(expected).every(([name, value]) => found?.[name as keyof GroupMetadata] === value);
  });

describe("a group that a bot makes", () => {
  it("has its subject, its creator and its members", async () => {
    const group = await made("Crew", ann, bob);
    expect(group).toMatchObject({ subject: "Crew", addressing: "number" });
    expect(roles(group.jid)).toEqual([
      [shop.jid, "superadmin"],
      [ann.jid, "member"],
      [bob.jid, "member"],
    ]);
    expect(await bot.next("groups.upsert", ([first]) => first?.id === group.jid)).toMatchObject([{ subject: "Crew", owner: shop.jid }]);
  });

  it("is described by its metadata", async () => {
    const group = await made("Meta", ann);
    const metadata = await bot.socket.groupMetadata(group.jid);
    expect(metadata).toMatchObject({ id: group.jid, subject: "Meta", owner: shop.jid, addressingMode: "pn", size: 2, announce: false });
    expect(metadata.participants).toMatchObject([
      { id: shop.jid, lid: shop.lid, admin: "superadmin" },
      { id: ann.jid, lid: ann.lid, admin: null },
    ]);
  });

  it("is among those it takes part in, and no other is", async () => {
    const group = await made("Mine");
    const other = ann.createGroup({ subject: "Not mine", members: [bob] });
    const all = await bot.socket.groupFetchAllParticipating();
    expect(all[group.jid]).toMatchObject({ subject: "Mine" });
    expect(all[other.jid]).toBeUndefined();
  });

  it("can be added to and removed from, each answered with its own status", async () => {
    const group = await made("Comings and goings", ann);
    const nobody = "15559999999@s.whatsapp.net";
    const added = await bot.socket.groupParticipantsUpdate(group.jid, [bob.jid, ann.jid, nobody], "add");
    expect(added).toMatchObject([
      { jid: bob.jid, status: "200" },
      { jid: ann.jid, status: "409" },
      { jid: nobody, status: "404" },
    ]);
    expect((await participants(group.jid, "add")).participants).toMatchObject([{ id: bob.jid }]);
    expect(await bot.socket.groupParticipantsUpdate(group.jid, [bob.jid], "remove")).toMatchObject([{ status: "200" }]);
    expect((await participants(group.jid, "remove")).participants).toMatchObject([{ id: bob.jid }]);
    expect(roles(group.jid)).toEqual([
      [shop.jid, "superadmin"],
      [ann.jid, "member"],
    ]);
  });

  it("has the admins that it makes", async () => {
    const group = await made("Admins", ann);
    await bot.socket.groupParticipantsUpdate(group.jid, [ann.jid], "promote");
    await participants(group.jid, "promote");
    expect(roles(group.jid)).toContainEqual([ann.jid, "admin"]);
    await bot.socket.groupParticipantsUpdate(group.jid, [ann.jid], "demote");
    await participants(group.jid, "demote");
    expect(roles(group.jid)).toContainEqual([ann.jid, "member"]);
    expect(await bot.socket.groupParticipantsUpdate(group.jid, [shop.jid], "demote")).toMatchObject([{ status: "406" }]);
  });

  it("has the subject and the description that it writes", async () => {
    const group = await made("Old", ann);
    await bot.socket.groupUpdateSubject(group.jid, "Neu & schön");
    await changed(group.jid, { subject: "Neu & schön" });
    await bot.socket.groupUpdateDescription(group.jid, "What it is about");
    await bot.socket.groupUpdateDescription(group.jid, "Second thoughts");
    expect(group).toMatchObject({ subject: "Neu & schön", description: "Second thoughts" });
    expect(await bot.socket.groupMetadata(group.jid)).toMatchObject({ desc: "Second thoughts", descOwner: shop.jid });
    await bot.socket.groupUpdateDescription(group.jid);
    expect(group.description).toBeUndefined();
  });

  it("has the settings that it makes", async () => {
    const group = await made("Rules");
    await bot.socket.groupSettingUpdate(group.jid, "announcement");
    await bot.socket.groupSettingUpdate(group.jid, "locked");
    await bot.socket.groupToggleEphemeral(group.jid, 604_800);
    await bot.socket.groupMemberAddMode(group.jid, "admin_add");
    await bot.socket.groupJoinApprovalMode(group.jid, "on");
    const metadata = await bot.socket.groupMetadata(group.jid);
    expect(metadata).toMatchObject({
      announce: true,
      restrict: true,
      ephemeralDuration: 604_800,
      memberAddMode: false,
      joinApprovalMode: true,
    });
    await bot.socket.groupSettingUpdate(group.jid, "not_announcement");
    await bot.socket.groupSettingUpdate(group.jid, "unlocked");
    await bot.socket.groupToggleEphemeral(group.jid, 0);
    expect(await bot.socket.groupMetadata(group.jid)).toMatchObject({ announce: false, restrict: false, ephemeralDuration: undefined });
  });

  it("is no longer its own once it has left", async () => {
    const group = await made("Leaving", ann);
    await bot.socket.groupLeave(group.jid);
    expect((await participants(group.jid, "remove")).participants).toMatchObject([{ id: shop.jid }]);
    await expect(bot.socket.groupMetadata(group.jid)).rejects.toThrow("forbidden");
  });
});

describe("an invitation", () => {
  it("lets in who has its code, and tells beforehand where to", async () => {
    const group = ann.createGroup({ subject: "By link" });
    expect(await bot.socket.groupGetInviteInfo(group.inviteCode)).toMatchObject({ id: group.jid, subject: "By link" });
    expect(await bot.socket.groupAcceptInvite(group.inviteCode)).toBe(group.jid);
    expect(roles(group.jid)).toContainEqual([shop.jid, "member"]);
  });

  it("has another code after it was revoked", async () => {
    const group = await made("Revoked");
    const code = await bot.socket.groupInviteCode(group.jid);
    expect(code).toBe(group.inviteCode);
    expect(await bot.socket.groupRevokeInvite(group.jid)).toBe(group.inviteCode);
    expect(group.inviteCode).not.toBe(code);
    await expect(bot.socket.groupAcceptInvite(code ?? "")).rejects.toThrow("item-not-found");
    group.join(bob);
    expect((await participants(group.jid, "add")).participants).toMatchObject([{ id: bob.jid }]);
  });
});

describe("what others do in a group", () => {
  it("comes to the bot with who did it", async () => {
    const group = ann.createGroup({ subject: "Theirs", members: [shop] });
    expect(await bot.next("groups.upsert", ([first]) => first?.id === group.jid)).toMatchObject([{ author: ann.jid }]);
    group.add(ann, bob);
    expect(await participants(group.jid, "add")).toMatchObject({ author: ann.jid, participants: [{ id: bob.jid, lid: bob.lid }] });
    group.promote(ann, bob);
    await participants(group.jid, "promote");
    group.demote(ann, bob);
    await participants(group.jid, "demote");
    group.rename(ann, "Ours");
    await changed(group.jid, { subject: "Ours", author: ann.jid });
    group.describe(ann, "All of us");
    await changed(group.jid, { desc: "All of us" });
    group.announce(ann, true);
    await changed(group.jid, { announce: true });
    group.lock(ann, true);
    await changed(group.jid, { restrict: true });
    group.revokeInvite(ann);
    await changed(group.jid, { inviteCode: group.inviteCode });
    group.leave(bob);
    expect(await participants(group.jid, "remove")).toMatchObject({ author: bob.jid, participants: [{ id: bob.jid }] });
    group.remove(ann, shop);
    expect(await participants(group.jid, "remove")).toMatchObject({ author: ann.jid, participants: [{ id: shop.jid }] });
  });

  it("changes how long messages stay", async () => {
    const group = ann.createGroup({ subject: "Short-lived", members: [shop] });
    await bot.next("groups.upsert", ([first]) => first?.id === group.jid);
    group.expire(ann, 86_400);
    await bot.next("chats.update", ([update]) => update?.id === group.jid && update.ephemeralExpiration === 86_400);
    expect(group.ephemeral).toBe(86_400);
  });
});

describe("what somebody may not do in a group", () => {
  it("is refused to a bot that is no admin, or no member", async () => {
    const group = ann.createGroup({ subject: "Locked", members: [shop, bob] });
    await expect(bot.socket.groupParticipantsUpdate(group.jid, [bob.jid], "remove")).rejects.toThrow("forbidden");
    await expect(bot.socket.groupInviteCode(group.jid)).rejects.toThrow("forbidden");
    group.lock(ann, true);
    await expect(bot.socket.groupUpdateSubject(group.jid, "mine now")).rejects.toThrow("forbidden");
    expect(group.subject).toBe("Locked");
    const closed = ann.createGroup({ subject: "Closed" });
    await expect(bot.socket.groupMetadata(closed.jid)).rejects.toThrow("forbidden");
    await expect(bot.socket.groupMetadata("1@g.us")).rejects.toThrow("item-not-found");
  });

  it("throws where a test lets a phone do it", () => {
    const group = ann.createGroup({ subject: "Hers", members: [bob] });
    expect(() => group.remove(bob, ann)).toThrow("forbidden");
    expect(() => group.add(ann, bob)).toThrow("409");
    expect(() => bob.send(ann.createGroup({ subject: "Without Bob" }), "hello?")).toThrow("is not in");
  });

  it("keeps out who does not want to be added", async () => {
    await bot.socket.updateGroupsAddPrivacy("none" as "all");
    const group = ann.createGroup({ subject: "Unwanted" });
    expect(() => group.add(ann, shop)).toThrow("403");
    await bot.socket.updateGroupsAddPrivacy("all");
    group.add(ann, shop);
  });
});
