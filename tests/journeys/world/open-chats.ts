import { globalAgent } from "node:https";
import type { EventType, SendRequest, WadeskEvent } from "@wadesk/core";
import type { Group, Phone, ReceivedMessage } from "@wadesk/testing/whatsapp-web";
import type { UnofficialOptions } from "@wadesk/unofficial";
import { onTestFinished } from "vitest";
import { linkShop, type Network, openPhones, type PhoneHost, type PhoneWorld } from "./open-phones.ts";
import { type Queue, queue } from "./queue.ts";

/** A linked shop that talks with people, in a chat of two and in a group whose members know each other by LID. */
export interface ChatWorld extends PhoneWorld {
  readonly one: PhoneHost;
  readonly id: string;
  readonly acme: ReturnType<PhoneHost["wadesk"]["workspace"]>;
  readonly bob: Phone;
  readonly group: Group;
  /** What became of groups, the making of this one taken. */
  readonly groupChanges: Queue<WadeskEvent<"group.changed">>;
  /** What `process` is handed of a type, from now on; that of a type that has none yet. */
  told<Type extends EventType>(type: Type): Queue<WadeskEvent<Type>>;
  /** Sends, and answers the message as it came to a phone. */
  sent(request: SendRequest, phone?: Phone): Promise<ReceivedMessage>;
}

/** One of the two chats: whom the shop writes to, where Ana writes, and how people are named. */
export interface Chat {
  readonly to: SendRequest["to"];
  readonly place: { readonly jid: string };
  readonly groupId: string | undefined;
}

/** Opens it. */
export async function openChats(options: UnofficialOptions = {}, network?: Network): Promise<ChatWorld> {
  const phones = await openPhones();
  const { web, shop, ana } = phones;
  trustUploads(web.certificate);
  const one = phones.host(options, network);
  await one.wadesk.start();
  const { id } = await linkShop(one, shop);
  const bob = web.addPhone({ number: "15550003333", name: "Bob" });
  const groupChanges = queue<WadeskEvent<"group.changed">>();
  one.wadesk.process("group.changed", (event) => groupChanges.push(event));
  const group = ana.createGroup({ subject: "Team", members: [shop, bob], addressing: "lid" });
  await groupChanges.next();
  const acme = one.wadesk.workspace("acme");
  return {
    ...phones,
    one,
    id,
    acme,
    bob,
    group,
    groupChanges,
    told(type) {
      const events = queue<WadeskEvent<typeof type>>();
      one.wadesk.process(type, (event) => events.push(event as never));
      return events;
    },
    async sent(request, phone = ana) {
      const { providerId } = await acme.send(request);
      return phone.received((message) => message.id === providerId);
    },
  };
}

/** Baileys brings files by the machine's own client, which has to know the certificate of the host that they are brought to. */
export function trustUploads(certificate: string): void {
  const { options } = globalAgent;
  const before = options.ca;
  options.ca = certificate;
  onTestFinished(() => {
    options.ca = before;
  });
}

/** The two chats of a world. */
export function chatOf({ shop, ana, group }: ChatWorld, name: "a chat of two" | "a group by LID"): Chat {
  if (name === "a chat of two") return { to: { lid: userOf(ana.lid) }, place: shop, groupId: undefined };
  return { to: { groupId: group.jid }, place: group, groupId: group.jid };
}

/** The chats by their names, for `describe.each`. */
export const CHATS: readonly (readonly ["a chat of two" | "a group by LID"])[] = [["a chat of two"], ["a group by LID"]];

/** A LID or a number without what stands behind it. */
export function userOf(jid: string): string {
  return jid.slice(0, jid.indexOf("@"));
}
