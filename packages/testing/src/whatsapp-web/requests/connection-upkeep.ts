import type { Room } from "../server/room.ts";
import { node } from "../wire/node.ts";

/** The room of what a client asks only to stay connected: pings, its properties, whether it wants its messages. `activated` hears of the last. */
export function connectionUpkeep(activated: NonNullable<Room["onActive"]>): Room {
  return {
    guestRequests: {
      "w:p:get:ping": () => undefined,
      "w:p:get:": () => undefined,
    },
    requests: {
      "passive:set:active": ({ after }, session) => {
        after(() => activated(session));
        return undefined;
      },
      "passive:set:passive": () => undefined,
      "abt:get:props": () => [node("props", { protocol: "1", hash: "wadesk" })],
      // the same as Baileys 6.7.24 asks for it
      "w:get:props": () => [node("props", { protocol: "2", hash: "wadesk" })],
      // "dirty" data was fetched
      "urn:xmpp:whatsapp:dirty:set:clean": () => undefined,
    },
  };
}
