import type { GroupOptions, WorkspaceGroups } from "../api/groups.ts";
import { callVendor } from "../connections/call-vendor.ts";
import { duringLine } from "../connections/lines/find-line.ts";
import { pickConnection } from "../connections/pick-connection.ts";
import type { Engine } from "../engine/engine.ts";
import { WadeskError } from "../errors/wadesk-error.ts";
import type { LineGroups } from "../ports/groups.ts";
import { channelOf } from "../ports/installed-channel.ts";
import { readEdit, readGroupId, readInvite, readNewGroup, readOptions } from "./read-requests.ts";

/** The groups of a workspace's connections. Requests are read before anything is asked: they reject with `input_invalid`. */
export function createGroups(engine: Engine, workspaceId: string): WorkspaceGroups {
  const withGroups = async <Result>(from: string | undefined, work: (groups: LineGroups) => Promise<Result>): Promise<Result> => {
    const connection = await pickConnection(engine, workspaceId, from);
    const refused = new WadeskError("content_unsupported", { detail: `${connection.channel} has no groups` });
    if (channelOf(engine.channels, connection.channel).groups !== true) throw refused;
    return callVendor(engine, connection, () =>
      duringLine(engine, connection, ({ line: { groups } }) => (groups === undefined ? Promise.reject(refused) : work(groups))),
    );
  };
  const of = (options: GroupOptions | undefined): string | undefined => readOptions(options).from;
  return {
    list: async (options) => withGroups(of(options), (groups) => groups.list()),
    async get(groupId, options) {
      const id = readGroupId(groupId);
      return withGroups(of(options), (groups) => groups.get(id));
    },
    async create(group, options) {
      const read = readNewGroup(group);
      return withGroups(of(options), (groups) => groups.create(read));
    },
    async change(groupId, edit, options) {
      const [id, read] = [readGroupId(groupId), readEdit(edit)];
      return withGroups(of(options), (groups) => groups.change(id, read));
    },
    async leave(groupId, options) {
      const id = readGroupId(groupId);
      return withGroups(of(options), (groups) => groups.leave(id));
    },
    async invite(groupId, options) {
      const [id, { from, renew = false }] = [readGroupId(groupId), readOptions(options)];
      return withGroups(from, (groups) => groups.invite(id, renew));
    },
    async join(invite, options) {
      const text = readInvite(invite);
      return withGroups(of(options), (groups) => groups.join(text));
    },
  };
}
