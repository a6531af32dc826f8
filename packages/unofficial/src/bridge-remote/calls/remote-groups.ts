import type { LineGroups } from "@wadesk/core/ports";
import { type Asking, askBridge } from "./ask-bridge.ts";

/** The groups of one number, asked and changed through its bridge. */
export function remoteGroups(route: string, asking: Asking): LineGroups {
  return {
    list: async () => (await askBridge(asking, "groups", { route })).groups,
    get: async (groupId) => (await askBridge(asking, "group", { route, groupId })).group,
    create: async ({ subject, members }) => askBridge(asking, "group-create", { route, subject, members }),
    change: async (groupId, edit) => askBridge(asking, "group-change", { route, groupId, edit }),
    async leave(groupId) {
      await askBridge(asking, "group-leave", { route, groupId });
    },
    invite: async (groupId, renew) => (await askBridge(asking, "group-invite", { route, groupId, renew })).invite,
    join: async (invite) => (await askBridge(asking, "group-join", { route, invite })).groupId,
  };
}
