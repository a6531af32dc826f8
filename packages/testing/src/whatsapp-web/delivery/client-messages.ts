import type { Device, FakeDevice } from "../directory/account.ts";
import { lidJid, numberJid } from "../directory/directory.ts";
import { readJid } from "../directory/jid.ts";
import type { ClientSession, World } from "../server/world.ts";
import { type BinaryNode, bytesOf, childOf, childrenOf, node } from "../wire/node.ts";
import { decodeContent } from "./message-content.ts";
import type { ReceivedMessage, UnreadableMessage } from "./received-message.ts";

/** What a device of the server's own does with a message of a client. */
export interface Reception {
  received(message: ReceivedMessage, device: FakeDevice, sender: ClientSession): void;
  unreadable(message: UnreadableMessage, device: FakeDevice, sender: ClientSession): void;
}

/** Delivers a client's message to one person: each `to` of its `participants`, or the `enc` it holds itself, to a device. */
export function deliverDirect(world: World, reception: Reception, stanza: BinaryNode, sender: ClientSession): void {
  const direct = childOf(stanza, "enc");
  const targets = direct
    ? [{ jid: stanza.attrs.to, enc: direct }]
    : childrenOf(childOf(stanza, "participants"), "to").map((to) => ({ jid: to.attrs.jid, enc: childOf(to, "enc") }));
  for (const { jid, enc } of targets) {
    const device = world.directory.find(jid)?.device;
    // a device that was unlinked meanwhile gets nothing
    if (device !== undefined && enc !== undefined) deliverTo(world, reception, { stanza, enc, device, sender, isByLid: isLid(jid) });
  }
}

/** One ciphertext for one device. */
export interface Parcel {
  readonly stanza: BinaryNode;
  readonly enc: BinaryNode;
  readonly device: Device;
  readonly sender: ClientSession;
  readonly isByLid: boolean;
}

/** Hands a ciphertext to a device: one of the server's own decrypts it, a linked client gets it as a message. */
export function deliverTo(world: World, reception: Reception, parcel: Parcel): void {
  const { device } = parcel;
  if (device.kind === "linked") {
    device.mailbox.post(forwarded(parcel, world.seconds()));
    return;
  }
  const open = (): void => {
    openParcel(world, reception, parcel, device);
    world.changes.happened();
  };
  if (device.account.isOnline) open();
  else device.account.held.push(open);
}

function openParcel(world: World, reception: Reception, { stanza, enc, sender }: Parcel, device: FakeDevice): void {
  const { id = "", to = "" } = stanza.attrs;
  const from = numberJid(sender.account, sender.device.id);
  try {
    const padded = device.signal.decrypt(signalAddress(sender), enc.attrs.type ?? "", bytesOf(enc));
    const content = decodeContent(world.baileys, padded);
    const fromMe = sender.account === device.account;
    const message: ReceivedMessage = {
      id,
      from,
      chat: fromMe ? (content.deviceSentMessage?.destinationJid ?? to) : numberJid(sender.account),
      fromMe,
      content: (fromMe ? content.deviceSentMessage?.message : undefined) ?? content,
      encryption: enc.attrs.type ?? "",
      device: device.id,
      at: world.clock.now(),
      attributes: stanza.attrs,
    };
    reception.received(message, device, sender);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    reception.unreadable({ id, from, device: device.id, reason }, device, sender);
  }
}

/** Under which address a device keeps its Signal session with another. */
export function signalAddress({
  account,
  device,
}: {
  readonly account: Device["account"];
  readonly device: { readonly id: number };
}): string {
  return `${account.number}.${device.id}`;
}

function forwarded({ stanza, enc, device, sender, isByLid }: Parcel, t: number): BinaryNode {
  const { account } = sender;
  const { id, to, type } = stanza.attrs;
  const whose =
    account === device.account
      ? { recipient: to }
      : isByLid
        ? { sender_pn: numberJid(account), addressing_mode: "lid" }
        : { sender_lid: lidJid(account) };
  const from = (isByLid ? lidJid : numberJid)(account, sender.device.id);
  return node("message", { from, id, type, t, notify: account.name, ...whose }, [enc, childOf(stanza, "device-identity")]);
}

function isLid(jid: string | undefined): boolean {
  return readJid(jid)?.server === "lid";
}
