import type { Room } from "../server/room.ts";
import type { ClientSession } from "../server/world.ts";
import { node } from "../wire/node.ts";

/** What keeps a client connected, and whether it wants its messages. */
export interface ConnectionUpkeep extends Room {
  /** A client wants its messages from now on; nothing happens where it has said so before. */
  activate(session: ClientSession): Promise<void>;
}

/** The room of what a client asks only to stay connected: pings, its properties, whether it wants its messages. `activated` hears of the last. */
export function connectionUpkeep(activated: NonNullable<Room["onActive"]>): ConnectionUpkeep {
  const active = new WeakSet<ClientSession>();
  const activate = async (session: ClientSession): Promise<void> => {
    if (active.has(session)) return;
    active.add(session);
    await activated(session);
  };
  return {
    activate,
    guestRequests: {
      "w:p:get:ping": () => undefined,
      "w:p:get:": () => undefined,
    },
    requests: {
      "passive:set:active": ({ after }, session) => {
        after(() => activate(session));
        return undefined;
      },
      // what comes waits from now on
      "passive:set:passive": (_request, session) => {
        active.delete(session);
        session.device.mailbox.close();
        return undefined;
      },
      "abt:get:props": () => [node("props", { protocol: "1", hash: "wadesk" })],
      // the same as Baileys 6.7.24 asks for it
      "w:get:props": () => [node("props", { protocol: "2", hash: "wadesk" })],
      // "dirty" data was fetched
      "urn:xmpp:whatsapp:dirty:set:clean": () => undefined,
    },
  };
}
