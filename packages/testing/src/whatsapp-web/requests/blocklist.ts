import { linkedDevices } from "../delivery/send-from.ts";
import type { Account, LinkedDevice } from "../directory/account.ts";
import { numberJid } from "../directory/directory.ts";
import { type Room, refuse } from "../server/room.ts";
import type { World } from "../server/world.ts";
import { node } from "../wire/node.ts";

/** The room of whom people have blocked. */
export function blocklist(world: World): Room {
  const { directory } = world;
  return {
    requests: {
      "blocklist:get:": (_request, { account }) => {
        const items = [...account.profile.blocked].map((jid) => node("item", { jid }));
        return [node("list", {}, items)];
      },
      "blocklist:set:item": ({ child, after }, { account, device }) => {
        const { jid, pn_jid: number, action } = child?.attrs ?? {};
        const other = directory.find(jid)?.account;
        if (other === undefined) return refuse(404, "item-not-found");
        if (action !== "block" && action !== "unblock") return refuse(400, "bad-request");
        // who is blocked by LID is named by number as well
        if (action === "block" && directory.find(number)?.account !== other) return refuse(400, "bad-request");
        after(() => setBlocked(world, account, other, action, device));
        return undefined;
      },
    },
  };
}

/** Blocks somebody or lets them in again, and tells the person's clients but the one that did it. */
export function setBlocked(world: World, account: Account, other: Account, action: "block" | "unblock", by?: LinkedDevice): void {
  const { blocked } = account.profile;
  for (const jid of [...blocked]) if (world.directory.find(jid)?.account === other) blocked.delete(jid);
  if (action === "block") blocked.add(numberJid(other));
  for (const device of linkedDevices(account)) {
    if (device === by) continue;
    const attributes = { from: numberJid(account), type: "account_sync", id: world.nextId(), t: world.seconds() };
    device.mailbox.post(node("notification", attributes, [node("blocklist", {}, [node("item", { jid: numberJid(other), action })])]));
  }
}
