import { type Room, refuse } from "../server/room.ts";
import type { World } from "../server/world.ts";
import { childOf, node, textOf } from "../wire/node.ts";

/** The room of what people show of themselves and what they have set: pictures, status, blocks, privacy. */
export function profile({ directory, nextId }: World): Room {
  return {
    requests: {
      "w:profile:picture:get:picture": ({ iq, child }) => {
        const url = directory.find(iq.attrs.target)?.account.profile.pictureUrl;
        return url === undefined
          ? refuse(404, "item-not-found")
          : [node("picture", { id: nextId(), type: child?.attrs.type ?? "image", url })];
      },
      "status:set:status": ({ child }, { account }) => {
        account.profile.status = textOf(child);
        return undefined;
      },
      "blocklist:get:": (_request, { account }) => [
        node(
          "list",
          {},
          [...account.profile.blocked].map((jid) => node("item", { jid })),
        ),
      ],
      "blocklist:set:item": ({ child }, { account }) => {
        const jid = child?.attrs.jid ?? "";
        if (child?.attrs.action === "block") account.profile.blocked.add(jid);
        else account.profile.blocked.delete(jid);
        return undefined;
      },
      "privacy:get:privacy": (_request, { account }) => [
        node(
          "privacy",
          {},
          [...account.profile.privacy].map(([name, value]) => node("category", { name, value })),
        ),
      ],
      "privacy:set:privacy": ({ child }, { account }) => {
        const { name = "", value = "" } = childOf(child, "category")?.attrs ?? {};
        if (!account.profile.privacy.has(name)) return refuse(400, "bad-request");
        account.profile.privacy.set(name, value);
        return undefined;
      },
      // what a trusted contact is let see; nobody asks for it back
      "privacy:set:tokens": () => [node("tokens")],
    },
  };
}
