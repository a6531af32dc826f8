import { groupNode } from "../groups/group-node.ts";
import { type GroupState, isAdmin } from "../groups/group-state.ts";
import type { Groups } from "../groups/groups.ts";
import { type Answer, type RequestHandler, type Room, refuse } from "../server/room.ts";
import type { World } from "../server/world.ts";
import { childrenOf, node } from "../wire/node.ts";
import { acceptInvite, decideRequests, listRequests, revokeInvites } from "./join-requests.ts";

/** The room of communities, which are groups with groups below them, and of those who want to be let into a group. */
export function communities(world: World, groups: Groups): Room {
  const toMember =
    (answer: (group: GroupState, ...more: Parameters<RequestHandler>) => Answer): RequestHandler =>
    (request, session) => {
      const group = groups.find(request.iq.attrs.to);
      if (group === undefined) return refuse(404, "item-not-found");
      return group.members.has(session.account) ? answer(group, request, session) : refuse(403, "forbidden");
    };
  const link = toMember((community, { child }, { account }) => {
    if (!isAdmin(community, account) || !community.isCommunity) return refuse(403, "forbidden");
    const links = childrenOf(child, "link").flatMap((each) => childrenOf(each, "group"));
    for (const { attrs } of links) {
      const group = groups.find(attrs.jid);
      if (group !== undefined) group.parent = community.jid;
    }
    return [
      node("links", {}, [
        node(
          "link",
          { link_type: "sub_group" },
          links.map(({ attrs: { jid } }) => node("group", { jid })),
        ),
      ]),
    ];
  });
  const unlink = toMember((community, { child }, { account }) => {
    if (!isAdmin(community, account)) return refuse(403, "forbidden");
    for (const { attrs } of childrenOf(child, "group")) {
      const group = groups.find(attrs.jid);
      if (group?.parent === community.jid) group.parent = undefined;
    }
    return [node("unlink", { unlink_type: "sub_group" }, childrenOf(child, "group"))];
  });
  return {
    requests: {
      "w:g2:set:links": link,
      "w:g2:set:unlink": unlink,
      "w:g2:get:sub_groups": toMember((community) => {
        const below = groups.all().filter(({ parent }) => parent === community.jid);
        return [node("sub_groups", {}, below.map(groupNode))];
      }),
      "w:g2:get:membership_approval_requests": toMember((group, _request, { account }) => listRequests(group, account)),
      "w:g2:set:membership_requests_action": toMember((group, { child }, { account }) => decideRequests(world, group, account, child)),
      "w:g2:set:revoke": toMember((group, { child }, { account }) =>
        isAdmin(group, account) ? revokeInvites(world, group, child) : refuse(403, "forbidden"),
      ),
      "w:g2:set:accept": ({ iq, child }, { account }) => acceptInvite(world, groups.find(iq.attrs.to), account, child),
    },
  };
}
