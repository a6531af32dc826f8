import type { Account, FakeDevice, LinkedDevice } from "../directory/account.ts";
import { lidJid, numberJid } from "../directory/directory.ts";
import type { Addressing } from "../directory/jid.ts";
import type { World } from "../server/world.ts";
import { decodePreKeyMessage } from "../signal/signal-message.ts";
import { type AttributeValue, type BinaryNode, node } from "../wire/node.ts";
import { hasBlocked, signalAddress } from "./client-messages.ts";
import { encodeContent, flipped, type MessageContent, stanzaType } from "./message-content.ts";

/** How a message goes out. */
export interface SendOptions {
  /** The message's id; a fresh one where absent. */
  readonly id?: string;
  /** Which of the person's own devices sends it; the phone, 0, where absent. */
  readonly device?: number;
  /** Whether people are named by number or by LID in it; as the server's `chatAddressing` says where absent. A group has its own way. */
  readonly addressing?: Addressing;
  /** Recipients get it without its content, as `<unavailable/>` of a type where one is named; their phones have the content and are asked for it. */
  readonly unavailable?: boolean | "view_once_unavailable_fanout" | "bot_unavailable_fanout" | "hosted_unavailable_fanout";
  /** Gives the recipient a privacy token along with it. */
  readonly withToken?: boolean;
  /** Further attributes of the stanza. */
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
  /**
   * What is wrong with it, so that no client can read it: a flipped bit (`ciphertext`), wrong `padding`, or a `session` that only the sender has.
   * A client that asks for it again gets it in order.
   */
  readonly flaw?: "ciphertext" | "padding" | "session";
}

/** A message that a device of the server's own sends. */
export interface OutgoingMessage {
  readonly from: FakeDevice;
  readonly to: Account;
  readonly content: MessageContent;
  /** The privacy token that goes along to the recipient. */
  readonly token?: Uint8Array | undefined;
}

/** Encrypts a message for every linked device of the recipient, and as a copy for the sender's own. Answers the message's id. */
export function sendFrom(world: World, { from, to, content, token }: OutgoingMessage, options: SendOptions = {}): string {
  const { id = world.nextId(), addressing = world.settings.chatAddressing, attributes = {}, flaw, unavailable } = options;
  const sender = from.account;
  const jid = addressing === "lid" ? lidJid : numberJid;
  const base = {
    id,
    from: jid(sender, from.id),
    type: stanzaType(content),
    t: world.seconds(),
    notify: sender.name,
    username: sender.username,
  };
  const alternative = addressing === "lid" ? { sender_pn: numberJid(sender), addressing_mode: "lid" } : { sender_lid: lidJid(sender) };
  const copy = to === sender ? content : { deviceSentMessage: { destinationJid: jid(to), message: content } };
  const send = (device: LinkedDevice, details: SealDetails): void => {
    const isOwn = device.account === sender;
    if (!isOwn && unavailable !== undefined && unavailable !== false) {
      const type = unavailable === true ? undefined : unavailable;
      device.mailbox.post(node("message", { ...base, ...alternative, ...attributes }, [node("unavailable", { type })]));
      return;
    }
    const route = isOwn ? { recipient: jid(to) } : alternative;
    sealFor(
      world,
      from,
      device,
      isOwn ? copy : content,
      { ...base, ...route, ...attributes },
      {
        ...details,
        addressing,
        more: token && !isOwn ? [node("tctoken", {}, token)] : [],
      },
    );
  };
  from.outbox.remember(id, (device, count) => send(device, { count }));
  sender.wroteTo.add(to);
  // who has blocked the sender hears nothing, and the sender does not learn it
  const theirs = to === sender || hasBlocked(world, to, sender) ? [] : linkedDevices(to);
  for (const device of [...theirs, ...linkedDevices(sender)]) send(device, { flaw });
  return id;
}

/** How one ciphertext differs from any other. */
export interface SealDetails {
  /** How often the device has asked for it. */
  readonly count?: number | undefined;
  readonly flaw?: SendOptions["flaw"];
  /** What the message holds beside its ciphertext. */
  readonly more?: readonly BinaryNode[] | undefined;
  /** By which kind of address the device's session is known; by number where absent. */
  readonly addressing?: Addressing | undefined;
}

/** Encrypts content for one linked device and posts it. */
export function sealFor(
  world: World,
  from: FakeDevice,
  device: LinkedDevice,
  content: MessageContent,
  attributes: Readonly<Record<string, AttributeValue>>,
  details: SealDetails = {},
): void {
  device.mailbox.post(node("message", attributes, [sealed(world, from, device, content, details), ...(details.more ?? [])]));
}

/** Encrypts content for one linked device, as the node that a message holds. */
export function sealed(
  world: World,
  from: FakeDevice,
  device: LinkedDevice,
  content: MessageContent,
  { count, flaw, addressing }: SealDetails = {},
): BinaryNode {
  const address = signalAddress({ account: device.account, device }, addressing);
  const plain = encodeContent(world.baileys, content);
  if (flaw === "padding") plain[plain.length - 1] = 255;
  if (flaw === "session") return node("enc", { v: "2", type: "msg" }, inUnknownSession(from, device, plain));
  const { type, ciphertext } = from.signal.encrypt(address, () => device.takeBundle(), plain);
  return node("enc", { v: "2", type, count }, flaw === "ciphertext" ? flipped(ciphertext) : ciphertext);
}

/** The message of a session whose beginning the other side never gets. */
function inUnknownSession(from: FakeDevice, device: LinkedDevice, plain: Buffer): Buffer {
  const address = "nobody";
  const { ciphertext } = from.signal.encrypt(address, () => device.takeBundle(), plain);
  from.signal.forget(address);
  return decodePreKeyMessage(ciphertext).message;
}

/** The clients that are linked to an account. */
export function linkedDevices(account: Account): readonly LinkedDevice[] {
  return [...account.devices.values()].filter((device) => device.kind === "linked");
}
