import type { MessageContent } from "../delivery/message-content.ts";
import { sealFor } from "../delivery/send-from.ts";
import type { LinkedDevice } from "../directory/account.ts";
import { numberJid } from "../directory/directory.ts";
import type { World } from "../server/world.ts";

/** Lets a phone tell one of its own linked clients something that belongs to no chat: keys, history. Answers the message's id. */
export function sendToOwn(world: World, device: LinkedDevice, protocolMessage: Readonly<Record<string, unknown>>): string {
  const { account } = device;
  const id = world.nextId();
  const content: MessageContent = { protocolMessage };
  const attributes = { id, from: numberJid(account), type: "text", category: "peer", push_priority: "high_force", t: world.seconds() };
  const send = (count?: number): void => sealFor(world, account.phone, device, content, attributes, { count });
  account.phone.outbox.remember(id, (_device, count) => send(count));
  send();
  return id;
}
