import { randomBytes } from "node:crypto";
import type { Account } from "../directory/account.ts";
import { type Answer, refuse } from "../server/room.ts";
import type { World } from "../server/world.ts";
import { type BinaryNode, childOf, childrenOf, node, textOf } from "../wire/node.ts";
import { participantNode } from "./group-node.ts";
import { type GroupState, isAdmin } from "./group-state.ts";

/** A change that a member asks for, as the node that the request holds. */
export interface GroupChange {
  readonly group: GroupState;
  readonly by: Account;
  readonly child: BinaryNode;
}

/** What a change leads to: the answer to who asked for it, and what the others are told. */
export interface ChangeResult {
  readonly answer: Answer;
  /** Absent where nothing has changed. */
  readonly notice?: BinaryNode;
  /** Who is told beside the members. */
  readonly left?: readonly Account[];
}

type Change = (world: World, change: GroupChange) => ChangeResult;

/** Every change there is, by the tag of its node. */
export const CHANGES: Readonly<Record<string, Change>> = {
  add: (world, { group, by, child }) => {
    const isOpen = group.memberAddMode === "all_member_add";
    if (!isAdmin(group, by) && !isOpen) return forbidden();
    return forEach(world, group, child, (account) => {
      if (group.members.has(account)) return 409;
      // what a person's privacy forbids needs an invitation
      if (account.profile.privacy.get("groupadd") === "none") {
        group.invites.set(account, inviteCode());
        return 403;
      }
      group.members.set(account, "member");
      return undefined;
    });
  },
  remove: (world, { group, by, child }) => {
    if (!isAdmin(group, by)) return forbidden();
    return forEach(world, group, child, (account) => remove(group, account));
  },
  promote: (world, { group, by, child }) => {
    if (!isAdmin(group, by)) return forbidden();
    return forEach(world, group, child, (account) => give(group, account, "admin"));
  },
  demote: (world, { group, by, child }) => {
    if (!isAdmin(group, by)) return forbidden();
    return forEach(world, group, child, (account) => give(group, account, "member"));
  },
  leave: (_world, { group, by }) => {
    if (!group.members.has(by)) return { answer: refuse(404, "item-not-found") };
    const participant = participantNode(group, by);
    remove(group, by);
    return { answer: undefined, notice: node("remove", {}, [participant]), left: [by] };
  },
  subject: ({ seconds }, { group, by, child }) => {
    if (!mayEdit(group, by)) return forbidden();
    group.subject = { text: textOf(child), by, at: seconds() };
    return { answer: undefined, notice: node("subject", { subject: group.subject.text, s_t: group.subject.at }) };
  },
  description: ({ seconds, nextId }, { group, by, child }) => {
    if (!mayEdit(group, by)) return forbidden();
    // somebody else wrote another meanwhile
    if (child.attrs.prev !== group.description?.id) return { answer: refuse(409, "conflict") };
    const text = textOf(childOf(child, "body"));
    group.description = child.attrs.delete ? undefined : { id: child.attrs.id ?? nextId(), text, by, at: seconds() };
    return {
      answer: undefined,
      notice: node("description", { id: group.description?.id }, text === "" ? undefined : [node("body", {}, text)]),
    };
  },
  invite: (_world, { group, by }) => {
    if (!isAdmin(group, by)) return forbidden();
    group.inviteCode = inviteCode();
    const invite = node("invite", { code: group.inviteCode });
    return { answer: [invite], notice: invite };
  },
  ephemeral: (_world, change) =>
    edit(change, ({ group, child }) => {
      group.ephemeral = child.attrs.expiration;
    }),
  not_ephemeral: (_world, change) =>
    edit(change, ({ group }) => {
      group.ephemeral = undefined;
    }),
  announcement: (_world, change) => rule(change, ({ settings }) => settings.add("announcement")),
  not_announcement: (_world, change) => rule(change, ({ settings }) => settings.delete("announcement")),
  locked: (_world, change) => rule(change, ({ settings }) => settings.add("locked")),
  unlocked: (_world, change) => rule(change, ({ settings }) => settings.delete("locked")),
  member_add_mode: (_world, change) =>
    rule(change, (group) => {
      group.memberAddMode = textOf(change.child);
    }),
  membership_approval_mode: (_world, change) =>
    rule(change, ({ settings }) => {
      if (childOf(change.child)?.attrs.state === "on") settings.add("membership_approval_mode");
      else settings.delete("membership_approval_mode");
    }),
};

/** A fresh code for an invitation link. */
export function inviteCode(): string {
  return randomBytes(16).toString("base64url");
}

function forbidden(): ChangeResult {
  return { answer: refuse(403, "forbidden") };
}

/** Does something to each participant that a change names; those it could not be done to are answered with an error. */
function forEach(world: World, group: GroupState, child: BinaryNode, work: (account: Account) => number | undefined): ChangeResult {
  const done: BinaryNode[] = [];
  const left: Account[] = [];
  const answers = childrenOf(child, "participant").map(({ attrs: { jid } }) => {
    const account = world.directory.find(jid)?.account;
    if (account === undefined) return node("participant", { jid, error: 404 });
    const before = participantNode(group, account);
    const error = work(account);
    if (error !== undefined) return participantNode(group, account, error);
    const isGone = !group.members.has(account);
    if (isGone) left.push(account);
    done.push(isGone ? before : participantNode(group, account));
    return participantNode(group, account);
  });
  const answer = [node(child.tag, {}, answers)];
  return done.length === 0 ? { answer } : { answer, notice: node(child.tag, {}, done), left };
}

function remove(group: GroupState, account: Account): number | undefined {
  if (!group.members.delete(account)) return 404;
  // who has left must not read what comes: those who stay write with new keys
  for (const member of group.members.keys()) {
    for (const device of member.devices.values()) if (device.kind === "fake") device.signal.senderKeys.rotate(group.jid);
  }
  return undefined;
}

function give(group: GroupState, account: Account, role: "admin" | "member"): number | undefined {
  const before = group.members.get(account);
  if (before === undefined) return 404;
  if (before === "superadmin") return 406;
  group.members.set(account, role);
  return undefined;
}

function mayEdit(group: GroupState, by: Account): boolean {
  return isAdmin(group, by) || (group.members.has(by) && !group.settings.has("locked"));
}

function edit(change: GroupChange, work: (change: GroupChange) => void): ChangeResult {
  if (!mayEdit(change.group, change.by)) return forbidden();
  work(change);
  return { answer: undefined, notice: change.child };
}

function rule(change: GroupChange, work: (group: GroupState) => unknown): ChangeResult {
  if (!isAdmin(change.group, change.by)) return forbidden();
  work(change.group);
  return { answer: undefined, notice: change.child };
}
