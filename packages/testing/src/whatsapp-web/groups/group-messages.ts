import { deliverTo, ownCiphertexts, type Reception, signalAddress } from "../delivery/client-messages.ts";
import { encodeContent, flipped, type MessageContent, stanzaType } from "../delivery/message-content.ts";
import { type SendOptions, sealed } from "../delivery/send-from.ts";
import type { Account, Device, FakeDevice, LinkedDevice } from "../directory/account.ts";
import { lidJid, numberJid } from "../directory/directory.ts";
import { type Addressing, addressingOf } from "../directory/jid.ts";
import type { ClientSession, World } from "../server/world.ts";
import { type BinaryNode, childOf, node } from "../wire/node.ts";

/** Who gets a message that is written once for all: the members of a group, or those who may see a status. */
export interface Audience {
  /** The address that the message goes to. */
  readonly jid: string;
  readonly addressing: Addressing;
  readonly devices: readonly Device[];
}

/** Delivers a client's message: to each device the group's ciphertext, and before it what is for that device alone. */
export function deliverToAudience(
  world: World,
  reception: Reception,
  stanza: BinaryNode,
  sender: ClientSession,
  { jid, addressing, devices, chatAddressing = addressing }: Audience & { readonly chatAddressing?: Addressing | undefined },
): void {
  const own = new Map(ownCiphertexts(stanza).map((each) => [world.directory.find(each.jid)?.device, each]));
  const shared = childOf(stanza, "enc");
  // what is sent again is for the one device that could not read it
  const { participant } = stanza.attrs;
  const only = world.directory.find(participant)?.device;
  const envelope = { from: jid, ...participantOf(sender.account, sender.device.id, addressing) };
  for (const device of participant === undefined ? devices : devices.filter((each) => each === only)) {
    if (device === sender.device) continue;
    const meant = own.get(device);
    const ciphertexts = [meant?.enc, shared].filter((enc) => enc !== undefined);
    const by = addressingOf(meant?.jid ?? participant);
    deliverTo(world, reception, { stanza, ciphertexts, device, sender, addressing: by, chatAddressing, envelope });
  }
}

/** A message of a device of the server's own to an audience: encrypted once, with the key for those clients that have not got it. */
export function sendToAudience(
  world: World,
  from: FakeDevice,
  { jid, addressing, devices }: Audience,
  content: MessageContent,
  { id = world.nextId(), attributes = {}, flaw }: SendOptions = {},
): string {
  const { senderKeys } = from.signal;
  const base = {
    id,
    from: jid,
    ...participantOf(from.account, from.id, addressing),
    type: stanzaType(content),
    t: world.seconds(),
    notify: from.account.name,
    ...attributes,
  };
  const keyFor = (device: LinkedDevice, distribution: Buffer, more: MessageContent, count?: number): BinaryNode => {
    const key = { groupId: jid, axolotlSenderKeyDistributionMessage: distribution };
    return sealed(world, from, device, { ...more, senderKeyDistributionMessage: key }, { count, addressing });
  };
  from.outbox.remember(id, (device, count) => {
    device.mailbox.post(node("message", base, [keyFor(device, senderKeys.distribution(jid), content, count)]));
  });
  const clients = devices.filter((device) => device.kind === "linked");
  // the keys go out as they are before the message
  const keys = clients.map((device) => senderKeys.distributionFor(jid, signalAddress({ account: device.account, device })));
  const plain = encodeContent(world.baileys, content);
  if (flaw === "padding") plain[plain.length - 1] = 255;
  if (flaw === "session") senderKeys.rotate(jid);
  const ciphertext = senderKeys.encrypt(jid, plain);
  const shared = node("enc", { v: "2", type: "skmsg" }, flaw === "ciphertext" ? flipped(ciphertext) : ciphertext);
  for (const [index, device] of clients.entries()) {
    const key = keys[index];
    device.mailbox.post(node("message", base, [key && keyFor(device, key, {}), shared]));
  }
  return id;
}

function participantOf(account: Account, device: number, addressing: Addressing): Readonly<Record<string, string>> {
  return addressing === "lid"
    ? { participant: lidJid(account, device), participant_pn: numberJid(account), addressing_mode: "lid" }
    : { participant: numberJid(account, device), participant_lid: lidJid(account), addressing_mode: "pn" };
}
