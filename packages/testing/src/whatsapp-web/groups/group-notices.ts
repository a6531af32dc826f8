import { linkedDevices } from "../delivery/send-from.ts";
import type { Account } from "../directory/account.ts";
import { lidJid, numberJid } from "../directory/directory.ts";
import type { World } from "../server/world.ts";
import { type BinaryNode, node } from "../wire/node.ts";
import { type GroupState, memberJid } from "./group-state.ts";

/** Tells every client of every member what somebody has done to a group, and those in `others` as well. */
export function notify(world: World, group: GroupState, by: Account, notice: BinaryNode, others: readonly Account[] = []): void {
  const alternative = group.addressing === "lid" ? { participant_pn: numberJid(by) } : { participant_lid: lidJid(by) };
  const attributes = {
    from: group.jid,
    type: "w:gp2",
    id: world.nextId(),
    participant: memberJid(group, by),
    ...alternative,
    addressing_mode: group.addressing === "lid" ? "lid" : "pn",
    notify: by.name,
    t: world.seconds(),
  };
  for (const account of new Set([...group.members.keys(), ...others])) {
    for (const device of linkedDevices(account)) device.mailbox.post(node("notification", attributes, [notice]));
  }
}
