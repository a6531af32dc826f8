import type { Account, FakeDevice, LinkedDevice } from "../directory/account.ts";
import { lidJid, numberJid } from "../directory/directory.ts";
import type { World } from "../server/world.ts";
import { type AttributeValue, type BinaryNode, node } from "../wire/node.ts";
import { signalAddress } from "./client-messages.ts";
import { encodeContent, type MessageContent, stanzaType } from "./message-content.ts";

/** How a message goes out. */
export interface SendOptions {
  /** The message's id; a fresh one where absent. */
  readonly id?: string;
  /** Whether the recipient sees the sender's number or its LID alone; the number where absent. */
  readonly addressing?: "number" | "lid";
  /** Further attributes of the stanza. */
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
}

/** A message that a device of the server's own sends. */
export interface OutgoingMessage {
  readonly from: FakeDevice;
  readonly to: Account;
  readonly content: MessageContent;
}

/** Encrypts a message for every linked device of the recipient, and as a copy for the sender's own. Answers the message's id. */
export function sendFrom(world: World, { from, to, content }: OutgoingMessage, options: SendOptions = {}): string {
  const { id = world.nextId(), addressing = "number", attributes = {} } = options;
  const sender = from.account;
  const jid = addressing === "lid" ? lidJid : numberJid;
  const base = { id, from: jid(sender, from.id), type: stanzaType(content), t: world.seconds(), notify: sender.name };
  for (const device of linkedDevices(to)) {
    if (to === sender) {
      sealFor(world, from, device, content, { ...base, recipient: jid(to), ...attributes });
      continue;
    }
    const alternative = addressing === "lid" ? { sender_pn: numberJid(sender), addressing_mode: "lid" } : { sender_lid: lidJid(sender) };
    sealFor(world, from, device, content, { ...base, ...alternative, ...attributes });
  }
  if (to === sender) return id;
  const copy = { deviceSentMessage: { destinationJid: jid(to), message: content } };
  for (const device of linkedDevices(sender)) sealFor(world, from, device, copy, { ...base, recipient: jid(to), ...attributes });
  return id;
}

/** Encrypts content for one linked device and posts it. */
export function sealFor(
  world: World,
  from: FakeDevice,
  device: LinkedDevice,
  content: MessageContent,
  attributes: Readonly<Record<string, AttributeValue>>,
): void {
  device.mailbox.post(node("message", attributes, [sealed(world, from, device, content)]));
}

function sealed(world: World, from: FakeDevice, device: LinkedDevice, content: MessageContent): BinaryNode {
  const address = signalAddress({ account: device.account, device });
  const { type, ciphertext } = from.signal.encrypt(address, () => device.takeBundle(), encodeContent(world.baileys, content));
  return node("enc", { v: "2", type }, ciphertext);
}

/** The clients that are linked to an account. */
export function linkedDevices(account: Account): readonly LinkedDevice[] {
  return [...account.devices.values()].filter((device) => device.kind === "linked");
}
