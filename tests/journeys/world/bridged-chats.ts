import type { WadeskEvent } from "@wadesk/core";
import { linkBridged, openBridged } from "./open-bridged.ts";
import type { ChatWorld } from "./open-chats.ts";
import { type Queue, queue } from "./queue.ts";

/** What of a world of chats is the same in whichever process the session is. */
export interface AnyChats extends Pick<ChatWorld, "web" | "time" | "shop" | "ana" | "bob" | "group" | "groupChanges" | "sent"> {
  readonly acme: Pick<ChatWorld["acme"], "groups" | "media" | "send">;
  readonly one: { readonly lines: ChatWorld["one"]["lines"]; readonly received: Queue<WadeskEvent<"message.received">> };
}

/** The same world, where a bridge keeps the session and all is asked and told over HTTP. */
export async function openBridgedChats(): Promise<AnyChats> {
  const world = await openBridged();
  const { web, time, shop, ana, app } = world;
  await linkBridged(world, app);
  const bob = web.addPhone({ number: "15550003333", name: "Bob" });
  const groupChanges = queue<WadeskEvent<"group.changed">>();
  app.wadesk.process("group.changed", (event) => groupChanges.push(event));
  const group = ana.createGroup({ subject: "Team", members: [shop, bob], addressing: "lid" });
  await groupChanges.next();
  const acme = app.wadesk.workspace("acme");
  return {
    web,
    time,
    shop,
    ana,
    bob,
    group,
    groupChanges,
    acme,
    one: app,
    async sent(request, phone = ana) {
      const { providerId } = await acme.send(request);
      return phone.received((message) => message.id === providerId);
    },
  };
}
