import type { Account } from "../directory/account.ts";
import { lidJid, numberJid } from "../directory/directory.ts";
import { type BinaryNode, node } from "../wire/node.ts";
import { type GroupState, memberJid } from "./group-state.ts";

/** A group with everything that a member may know of it. */
export function groupNode(group: GroupState): BinaryNode {
  const { jid, addressing, creator, createdAt, subject, description, members, settings, ephemeral, memberAddMode, isCommunity, parent } =
    group;
  const isByLid = addressing === "lid";
  const attributes = {
    id: jid.slice(0, jid.indexOf("@")),
    addressing_mode: isByLid ? "lid" : "pn",
    creator: memberJid(group, creator),
    creator_pn: isByLid ? numberJid(creator) : undefined,
    creation: createdAt,
    subject: subject.text,
    s_o: memberJid(group, subject.by),
    s_o_pn: isByLid ? numberJid(subject.by) : undefined,
    s_t: subject.at,
    size: members.size,
  };
  return node("group", attributes, [
    ...[...members.keys()].map((account) => participantNode(group, account)),
    description &&
      node("description", { id: description.id, participant: memberJid(group, description.by), t: description.at }, [
        node("body", {}, description.text),
      ]),
    isCommunity ? node("parent", { default_membership_approval_mode: "request_required" }) : undefined,
    parent === undefined ? undefined : node("linked_parent", { jid: parent }),
    ...[...settings].map((setting) => node(setting)),
    ephemeral === undefined ? undefined : node("ephemeral", { expiration: ephemeral }),
    node("member_add_mode", {}, memberAddMode),
  ]);
}

const INVITE_SECONDS = 3 * 86_400;

/** A member with both addresses and what the member is; `error` says why somebody is none. */
export function participantNode(group: GroupState, account: Account, error?: number): BinaryNode {
  const role = group.members.get(account);
  const other = group.addressing === "lid" ? { phone_number: numberJid(account) } : { lid: lidJid(account) };
  return node("participant", { jid: memberJid(group, account), ...other, type: role === "member" ? undefined : role, error }, [
    // who may not be added is invited
    error === 403 ? node("add_request", { code: group.invites.get(account), expiration: group.createdAt + INVITE_SECONDS }) : undefined,
  ]);
}
