import { createHash } from "node:crypto";
import type { Room } from "../server/room.ts";
import type { ClientSession } from "../server/world.ts";
import { type BinaryNode, node } from "../wire/node.ts";

/** What keeps a client connected, and whether it wants its messages. */
export interface ConnectionUpkeep extends Room {
  /** A client wants its messages from now on; nothing happens where it has said so before. */
  activate(session: ClientSession): Promise<void>;
}

/** The room of what a client asks only to stay connected: pings, its properties, whether it wants its messages. `activated` hears of the last. */
export function connectionUpkeep(props: ReadonlyMap<string, string>, activated: NonNullable<Room["onActive"]>): ConnectionUpkeep {
  const given = (protocol: string): BinaryNode => {
    const hash = createHash("sha256")
      .update(JSON.stringify([...props]))
      .digest("hex")
      .slice(0, 12);
    const all = [...props].map(([code, value]) => node("prop", { config_code: code, config_value: value }));
    return node("props", { protocol, hash }, all);
  };
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
      "abt:get:props": () => [given("1")],
      // the same as Baileys 6.7.24 asks for it
      "w:get:props": () => [given("2")],
      // "dirty" data was fetched
      "urn:xmpp:whatsapp:dirty:set:clean": () => undefined,
    },
  };
}
