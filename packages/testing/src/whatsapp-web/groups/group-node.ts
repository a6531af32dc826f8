import type { Account } from "../directory/account.ts";
import { lidJid, numberJid } from "../directory/directory.ts";
import { type BinaryNode, node } from "../wire/node.ts";
import { type GroupState, memberJid } from "./group-state.ts";

/** A group with everything that a member may know of it. */
export function groupNode(group: GroupState): BinaryNode {
  const { jid, addressing, creator, createdAt, subject, description, members, settings, ephemeral, memberAddMode } = group;
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
    ...[...settings].map((setting) => node(setting)),
    ephemeral === undefined ? undefined : node("ephemeral", { expiration: ephemeral }),
    node("member_add_mode", {}, memberAddMode),
  ]);
}

/** A member with both addresses and what the member is; `error` says why somebody is none. */
export function participantNode(group: GroupState, account: Account, error?: number): BinaryNode {
  const role = group.members.get(account);
  const other = group.addressing === "lid" ? { phone_number: numberJid(account) } : { lid: lidJid(account) };
  return node("participant", { jid: memberJid(group, account), ...other, type: role === "member" ? undefined : role, error });
}
