import type { Account } from "../directory/account.ts";
import { participantNode } from "../groups/group-node.ts";
import { notify } from "../groups/group-notices.ts";
import { type GroupState, isAdmin, memberJid } from "../groups/group-state.ts";
import { type Answer, refuse } from "../server/room.ts";
import type { World } from "../server/world.ts";
import { type BinaryNode, childOf, childrenOf, node } from "../wire/node.ts";

/** Puts somebody on the list of those who want to be let in; the group's members are told. */
export function askToJoin(world: World, group: GroupState, account: Account): void {
  if (group.requests.has(account)) return;
  group.requests.set(account, world.seconds());
  notify(
    world,
    group,
    account,
    node("created_membership_requests", { request_method: "invite_link" }, [node("requested_user", { jid: memberJid(group, account) })]),
  );
}

/** Who wants to be let in, for an admin. */
export function listRequests(group: GroupState, account: Account): Answer {
  if (!isAdmin(group, account)) return refuse(403, "forbidden");
  const requests = [...group.requests].map(([who, at]) =>
    node("membership_approval_request", { jid: memberJid(group, who), request_method: "invite_link", request_time: at }),
  );
  return [node("membership_approval_requests", {}, requests)];
}

/** Lets people in, or does not, as an admin says. */
export function decideRequests(world: World, group: GroupState, account: Account, child: BinaryNode | undefined): Answer {
  if (!isAdmin(group, account)) return refuse(403, "forbidden");
  const answers = childrenOf(child).map((action) =>
    node(
      action.tag,
      {},
      childrenOf(action, "participant").map(({ attrs: { jid } }) => {
        const who = world.directory.find(jid)?.account;
        if (who === undefined || !group.requests.delete(who)) return node("participant", { jid, error: 404 });
        if (action.tag === "approve") {
          group.members.set(who, "member");
          notify(world, group, account, node("add", {}, [participantNode(group, who)]));
        }
        return node("participant", { jid });
      }),
    ),
  );
  return [node("membership_requests_action", {}, answers)];
}

/** Lets somebody in by an invitation that was made for this person alone. */
export function acceptInvite(world: World, group: GroupState | undefined, account: Account, child: BinaryNode | undefined): Answer {
  const code = group?.invites.get(account);
  if (group === undefined || code === undefined || child?.attrs.code !== code) return refuse(401, "not-authorized");
  group.invites.delete(account);
  group.members.set(account, "member");
  notify(world, group, account, node("add", { reason: "invite" }, [participantNode(group, account)]));
  return undefined;
}

/** Takes invitations back that were made for single people. */
export function revokeInvites(world: World, group: GroupState, child: BinaryNode | undefined): Answer {
  for (const { attrs } of childrenOf(child, "participant")) {
    const who = world.directory.find(attrs.jid)?.account;
    if (who !== undefined) group.invites.delete(who);
  }
  return [
    node(
      "revoke",
      {},
      childrenOf(child, "participant").map(({ attrs: { jid } }) => node("participant", { jid })),
    ),
  ];
}

/** What a group is made with beside its members. */
export function beginningOf(child: BinaryNode | undefined): {
  readonly isCommunity: boolean;
  readonly parent: string | undefined;
  readonly body: BinaryNode | undefined;
} {
  return {
    isCommunity: childOf(child, "parent") !== undefined,
    parent: childOf(child, "linked_parent")?.attrs.jid,
    body: childOf(child, "description"),
  };
}
