import { disagreementOfGroup, disagreementOfStatus, STALE_ADDRESSING } from "../addresses/stanza-agreement.ts";
import { askToJoin, beginningOf } from "../communities/join-requests.ts";
import type { Delivery } from "../delivery/delivery.ts";
import type { Account } from "../directory/account.ts";
import { addressingOf } from "../directory/jid.ts";
import type { Chat } from "../presence/presence.ts";
import { type Answer, type Request, type RequestHandler, type Room, refuse } from "../server/room.ts";
import type { ClientSession, World } from "../server/world.ts";
import { type BinaryNode, childOf, childrenOf, node } from "../wire/node.ts";
import { CHANGES, inviteCode } from "./group-changes.ts";
import { deliverToAudience } from "./group-messages.ts";
import { groupNode, participantNode } from "./group-node.ts";
import { notify } from "./group-notices.ts";
import { devicesOf, type GroupState, groupState, isAdmin, type NewGroupState } from "./group-state.ts";

/** Groups with who is in them and what was said to them. */
export interface Groups extends Room {
  find(jid: string | undefined): GroupState | undefined;
  all(): readonly GroupState[];
  /** Who is in a group, to be told that somebody writes. */
  chat(jid: string): Chat | undefined;
  /** Makes a group and tells its members. */
  create(beginning: Omit<NewGroupState, "at" | "inviteCode">): GroupState;
  /** Carries out what a member wants, as the node of the request for it; the others are told. */
  change(group: GroupState, by: Account, child: BinaryNode): Answer;
  /** Lets somebody in who has the code of an invitation, or has its admins asked where they want to be. Answers the group; undefined where the code is none. */
  join(code: string | undefined, account: Account): GroupState | undefined;
}

/** The room of groups. New ones are addressed as `addressing` says. */
export function groups(world: World, delivery: Delivery): Groups {
  const all = new Map<string, GroupState>();
  const find = (jid: string | undefined): GroupState | undefined => all.get(jid ?? "");
  const byCode = (code: string | undefined): GroupState | undefined => [...all.values()].find((group) => group.inviteCode === code);

  const create: Groups["create"] = (beginning) => {
    const group = groupState({ ...beginning, at: world.seconds(), inviteCode: inviteCode() });
    all.set(group.jid, group);
    notify(world, group, group.creator, node("create", { type: "new" }, [groupNode(group)]));
    return group;
  };
  const change: Groups["change"] = (group, by, child) => {
    const work = CHANGES[child.tag];
    if (work === undefined) return refuse(400, "bad-request");
    const { answer, notice, left } = work(world, { group, by, child });
    if (notice !== undefined) notify(world, group, by, notice, left);
    world.changes.happened();
    return answer;
  };
  const join: Groups["join"] = (code, account) => {
    const group = byCode(code);
    if (group === undefined) return undefined;
    if (group.settings.has("membership_approval_mode") && !group.members.has(account)) {
      askToJoin(world, group, account);
      return group;
    }
    group.members.set(account, group.members.get(account) ?? "member");
    notify(world, group, account, node("add", { reason: "invite" }, [participantNode(group, account)]));
    return group;
  };

  /** Answers a request about the group that it goes to, as a member alone may make it. */
  const toMember =
    (answer: (group: GroupState, request: Request, session: ClientSession) => Answer): RequestHandler =>
    (request, session) => {
      const group = find(request.iq.attrs.to);
      if (group === undefined) return refuse(404, "item-not-found");
      return group.members.has(session.account) ? answer(group, request, session) : refuse(403, "forbidden");
    };
  const asked = toMember((group, { child }, { account }) => change(group, account, child ?? node("")));

  const room: Groups["requests"] = {
    ...Object.fromEntries(Object.keys(CHANGES).map((tag) => [`w:g2:set:${tag}`, asked])),
    "w:g2:get:query": toMember((group) => [groupNode(group)]),
    "w:g2:get:participating": (_request, { account }) => [
      node("groups", {}, [...all.values()].filter(({ members }) => members.has(account)).map(groupNode)),
    ],
    "w:g2:get:invite": (request, session) => {
      const code = request.child?.attrs.code;
      if (code === undefined) return invitation(request, session);
      const group = byCode(code);
      return group === undefined ? refuse(404, "item-not-found") : [groupNode(group)];
    },
    "w:g2:set:invite": (request, session) => {
      const code = request.child?.attrs.code;
      if (code === undefined) return asked(request, session);
      const group = join(code, session.account);
      if (group === undefined) return refuse(404, "item-not-found");
      return [node(group.members.has(session.account) ? "group" : "membership_approval_request", { jid: group.jid })];
    },
    "w:g2:set:create": ({ child }, { account }) => {
      const invited = childrenOf(child, "participant").map(({ attrs: { jid } }) => world.directory.find(jid)?.account);
      const members = invited.filter((each) => each !== undefined);
      const { isCommunity, parent, body } = beginningOf(child);
      const { groupAddressing: addressing } = world.settings;
      const group = create({ subject: child?.attrs.subject ?? "", creator: account, members, addressing, isCommunity, parent });
      if (body !== undefined) change(group, account, body);
      return [groupNode(group)];
    },
    "w:g2:set:leave": ({ child }, { account }) => {
      // Baileys 7.0.0-rc14 calls a community so
      for (const { attrs } of [...childrenOf(child, "group"), ...childrenOf(child, "community")]) {
        const group = find(attrs.id);
        if (group !== undefined) change(group, account, node("leave"));
      }
      return undefined;
    },
  };
  const invitation = toMember((group, _request, { account }) =>
    isAdmin(group, account) ? [node("invite", { code: group.inviteCode })] : refuse(403, "forbidden"),
  );

  delivery.destinations.set("g.us", {
    exists: (jid) => find(jid) !== undefined,
    disagreement: (stanza) => disagreementOfGroup(stanza, find(stanza.attrs.to)?.addressing ?? "number"),
    refusal: ({ attrs: { to, addressing_mode: mode } }, { account }) => {
      const group = find(to);
      if (group === undefined) return 404;
      if (!group.members.has(account) || (group.settings.has("announcement") && !isAdmin(group, account))) return 403;
      return mode === undefined || (mode === "lid") === (group.addressing === "lid") ? undefined : STALE_ADDRESSING;
    },
    deliver: (stanza, sender) => {
      const group = find(stanza.attrs.to);
      if (group === undefined) return;
      const { jid, addressing } = group;
      deliverToAudience(world, delivery.reception, stanza, sender, { jid, addressing, devices: devicesOf(group) });
    },
  });
  // whom a status is for stands in it
  delivery.destinations.set("broadcast", {
    exists: () => true,
    disagreement: disagreementOfStatus,
    deliver: (stanza, sender) => {
      const targets = childrenOf(childOf(stanza, "participants"), "to");
      const listed = targets.map(({ attrs }) => world.directory.find(attrs.jid)?.device);
      const listedJid = targets[0]?.attrs.jid ?? stanza.attrs.participant;
      const retried = world.directory.find(stanza.attrs.participant)?.device;
      const devices = [...listed, retried].filter((device) => device !== undefined);
      deliverToAudience(world, delivery.reception, stanza, sender, {
        jid: stanza.attrs.to ?? "",
        addressing: addressingOf(listedJid),
        devices,
      });
    },
  });
  const chat: Groups["chat"] = (jid) => {
    const group = find(jid);
    return group && { group: jid, members: [...group.members.keys()], addressing: group.addressing };
  };
  return { find, all: () => [...all.values()], chat, create, change, join, requests: room };
}
