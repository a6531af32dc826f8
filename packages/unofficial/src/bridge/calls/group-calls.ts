import type { BridgeCalls } from "../../bridge-protocol/messages/calls.ts";
import { type BridgeClient, linkedNumber } from "./numbers.ts";

type Name = "groups" | "group" | "group-create" | "group-change" | "group-leave" | "group-invite" | "group-join";

/** The calls about groups, each by the groups of the bridge's own client. */
export type GroupCalls = { readonly [Each in Name]: (given: BridgeCalls[Each]["given"]) => Promise<BridgeCalls[Each]["answer"]> };

/** Makes them. */
export function groupCalls(client: BridgeClient): GroupCalls {
  const of = async (route: string) => {
    const { id: from, workspaceId } = await linkedNumber(client, route);
    return { from, groups: client.wadesk.workspace(workspaceId).groups };
  };
  return {
    async groups({ route }) {
      const { from, groups } = await of(route);
      return { groups: await groups.list({ from }) };
    },
    async group({ route, groupId }) {
      const { from, groups } = await of(route);
      return { group: await groups.get(groupId, { from }) };
    },
    async "group-create"({ route, ...group }) {
      const { from, groups } = await of(route);
      return groups.create(group, { from });
    },
    async "group-change"({ route, groupId, edit }) {
      const { from, groups } = await of(route);
      return groups.change(groupId, edit, { from });
    },
    async "group-leave"({ route, groupId }) {
      const { from, groups } = await of(route);
      await groups.leave(groupId, { from });
      return {};
    },
    async "group-invite"({ route, groupId, renew = false }) {
      const { from, groups } = await of(route);
      return { invite: await groups.invite(groupId, { from, renew }) };
    },
    async "group-join"({ route, invite }) {
      const { from, groups } = await of(route);
      const groupId = await groups.join(invite, { from });
      return groupId === undefined ? {} : { groupId };
    },
  };
}
