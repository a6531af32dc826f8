import { type Found, lidJid } from "../directory/directory.ts";
import { SERVER_JID } from "../directory/jid.ts";
import type { Room } from "../server/room.ts";
import type { World } from "../server/world.ts";
import { type BinaryNode, childOf, childrenOf, node, textOf } from "../wire/node.ts";

type Reader = (found: Found | undefined, asked: BinaryNode | undefined) => BinaryNode | undefined;

/** What a client may ask about people, by the tag it asks with. */
const PROTOCOLS: Readonly<Record<string, Reader>> = {
  contact: (found, asked) => node("contact", { type: found ? "in" : "out" }, textOf(asked)),
  // Baileys 7.0.0-rc14 fetches Signal keys by LID alone: without this a message to a number cannot be encrypted
  lid: (found) => found && node("lid", { val: lidJid(found.account) }),
  devices: (found) =>
    node("devices", {}, [
      node(
        "device-list",
        {},
        [...(found?.account.devices.values() ?? [])].map(({ id, keyIndex }) =>
          node("device", { id, "key-index": id === 0 ? undefined : keyIndex }),
        ),
      ),
    ]),
  status: (found) => found && node("status", {}, found.account.profile.status),
  disappearing_mode: (found) => {
    const { duration, at } = found?.account.profile.disappearing ?? { duration: 0, at: 0 };
    return found && node("disappearing_mode", { duration, t: at });
  },
};

/** The room of `usync`: who is on WhatsApp, under which LID and with which devices. */
export function usync({ directory, complaints }: World): Room {
  return {
    requests: {
      "usync:get:usync": ({ child }) => {
        const asked = childrenOf(childOf(child, "query")).map(({ tag }) => tag);
        for (const tag of asked) if (!(tag in PROTOCOLS)) complaints.add(`usync asks for ${tag}, which the server does not know`);
        const users = childrenOf(childOf(child, "list"), "user").map((user) => {
          const number = textOf(childOf(user, "contact")).replace(/\D/g, "");
          const jid = user.attrs.jid ?? `${number}@${SERVER_JID}`;
          const found = directory.find(jid);
          return node(
            "user",
            { jid },
            asked.map((tag) => PROTOCOLS[tag]?.(found, childOf(user, tag))),
          );
        });
        const { sid, mode, context } = child?.attrs ?? {};
        const result = node(
          "result",
          {},
          asked.map((tag) => node(tag)),
        );
        return [node("usync", { sid, mode, context, index: 0, last: "true" }, [result, node("list", {}, users)])];
      },
    },
  };
}
