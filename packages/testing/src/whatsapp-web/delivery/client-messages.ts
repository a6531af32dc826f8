import { astray, flawOfKeys } from "../addresses/content-agreement.ts";
import type { Account, Device, FakeDevice } from "../directory/account.ts";
import { lidJid, numberJid } from "../directory/directory.ts";
import { type Addressing, addressingOf, isPersonal } from "../directory/jid.ts";
import { checkCarriedIdentity } from "../linking/adv.ts";
import type { ClientSession, World } from "../server/world.ts";
import { decodePreKeyMessage } from "../signal/signal-message.ts";
import { type AttributeValue, type BinaryNode, bytesOf, childOf, childrenOf, node } from "../wire/node.ts";
import { decodeContent, flipped, type MessageContent } from "./message-content.ts";
import type { ReceivedMessage, UnreadableMessage } from "./received-message.ts";

/** What a device of the server's own does with a message of a client. */
export interface Reception {
  received(message: ReceivedMessage, device: FakeDevice, sender: ClientSession): void;
  unreadable(message: UnreadableMessage, device: FakeDevice, parcel: Parcel, error: unknown): void;
}

/** What a client sent, as far as it is for one device. */
export interface Parcel {
  readonly stanza: BinaryNode;
  /** The ciphertexts to be read: the device's own, a group's for all, or first the one and then the other. */
  readonly ciphertexts: readonly BinaryNode[];
  readonly device: Device;
  readonly sender: ClientSession;
  /** By which kind of address the device is meant: a client keeps a session with each. */
  readonly addressing: Addressing;
  /** By which kind of address people are named in the chat; undefined where the message does not say. */
  readonly chatAddressing: Addressing | undefined;
  /** The attributes under which a client gets it. */
  readonly envelope: Readonly<Record<string, AttributeValue>>;
}

/** Delivers a client's message to one person: each `to` of its `participants`, or the `enc` it holds itself, to a device. */
export function deliverDirect(world: World, reception: Reception, stanza: BinaryNode, sender: ClientSession): void {
  const direct = childOf(stanza, "enc");
  const targets = direct ? [{ jid: stanza.attrs.to, enc: direct }] : ownCiphertexts(stanza);
  const addressee = world.directory.find(stanza.attrs.to)?.account;
  if (addressee !== undefined) sender.account.wroteTo.add(addressee);
  for (const { jid, enc } of targets) {
    const device = world.directory.find(jid)?.device;
    // a device that was unlinked meanwhile gets nothing, nor does somebody who has blocked the sender; neither is told
    if (device === undefined || enc === undefined || hasBlocked(world, device.account, sender.account)) continue;
    deliverTo(world, reception, {
      stanza,
      ciphertexts: [enc],
      device,
      sender,
      addressing: addressingOf(jid),
      chatAddressing: addressingOf(stanza.attrs.to),
      envelope: directEnvelope(stanza, device, sender, jid),
    });
  }
}

/** The ciphertexts of a message that are each for one device. */
export function ownCiphertexts(stanza: BinaryNode): readonly { readonly jid: string | undefined; readonly enc: BinaryNode | undefined }[] {
  return childrenOf(childOf(stanza, "participants"), "to").map((to) => ({ jid: to.attrs.jid, enc: childOf(to, "enc") }));
}

// what Baileys 7.0.0-rc14 writes
const MESSAGE_TYPES = ["text", "media", "poll", "reaction", "event"];
// what a device tells another of the same account, beside a chat: as zapo 1.8.0 writes it, Baileys 7.0.0-rc14 calls it a text
const PEER_TYPES = [...MESSAGE_TYPES, "protocol"];

/** What is wrong with a message, so that no client of WhatsApp Web sends it, in words; undefined where it is in order. */
export function flawOfMessage(stanza: BinaryNode): string | undefined {
  const { id = "", type = "", category } = stanza.attrs;
  const targets = ownCiphertexts(stanza);
  if (id === "") return "without an id";
  if (!(category === "peer" ? PEER_TYPES : MESSAGE_TYPES).includes(type)) return "of an unknown type";
  if (childOf(stanza, "enc") === undefined && targets.length === 0) return "without a body";
  return targets.some(({ enc }) => enc === undefined) ? "with a recipient who gets nothing" : undefined;
}

/** What is wrong with a message to one person, in words: it may go to this person's devices and the sender's own alone. */
export function flawOfDirect({ directory }: World, stanza: BinaryNode, { account }: ClientSession): string | undefined {
  const addressee = directory.find(stanza.attrs.to)?.account;
  const isMeant = (jid: string | undefined): boolean => {
    const found = directory.find(jid)?.account;
    return found !== undefined && (found === addressee || found === account);
  };
  const astray = ownCiphertexts(stanza).find(({ jid }) => !isMeant(jid));
  return astray && `to ${stanza.attrs.to} that goes to ${astray.jid ?? "nobody"} as well`;
}

/** Hands a message to a device: one of the server's own decrypts it, a linked client gets it as a message. */
export function deliverTo(world: World, reception: Reception, parcel: Parcel): void {
  const { device, stanza } = parcel;
  if (device.kind === "linked") {
    const { id, type } = stanza.attrs;
    const attributes = { id, type, t: world.seconds(), notify: parcel.sender.account.name, ...parcel.envelope };
    device.mailbox.post(node("message", attributes, [...parcel.ciphertexts, childOf(stanza, "device-identity")]));
    return;
  }
  const isRepeated = isStruck(world, "message_repeated", parcel, device);
  const open = (): void => {
    openParcel(world, reception, parcel, device);
    if (isRepeated) openParcel(world, reception, parcel, device);
    world.changes.happened();
  };
  if (device.account.isOnline) open();
  else device.account.held.push(open);
}

/** Whether somebody wants to hear nothing of somebody else. */
export function hasBlocked({ directory }: World, account: Account, other: Account): boolean {
  return [...account.profile.blocked].some((jid) => directory.find(jid)?.account === other);
}

/**
 * Under which address a device keeps its Signal session with another. There is one for each kind of address: a client may have begun the one and know
 * nothing of the other.
 */
export function signalAddress(
  { account, device }: { readonly account: Account; readonly device: { readonly id: number } },
  addressing: Addressing = "number",
): string {
  return `${addressing === "lid" ? account.lid : account.number}.${device.id}`;
}

function openParcel(world: World, reception: Reception, parcel: Parcel, device: FakeDevice): void {
  const { stanza, sender } = parcel;
  const { id = "", to = "" } = stanza.attrs;
  const from = numberJid(sender.account, sender.device.id);
  try {
    const { content, sentTo } = readParcel(world, parcel, device);
    checkKeys(world, parcel, content, sentTo ?? to);
    const fromMe = sender.account === device.account;
    const message: ReceivedMessage = {
      id,
      from,
      chat: isPersonal(to) ? (fromMe ? (sentTo ?? to) : numberJid(sender.account)) : to,
      fromMe,
      content,
      encryption: parcel.ciphertexts.at(-1)?.attrs.type ?? "",
      device: device.id,
      at: world.clock.now(),
      attributes: stanza.attrs,
    };
    reception.received(message, device, sender);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    reception.unreadable({ id, from, device: device.id, reason }, device, parcel, error);
  }
}

/** What the ciphertexts hold together. Keys of groups are learnt and are no content. */
function readParcel(
  world: World,
  parcel: Parcel,
  device: FakeDevice,
): { readonly content: MessageContent; readonly sentTo: string | undefined } {
  const { stanza, ciphertexts, sender } = parcel;
  const address = signalAddress(sender);
  const [known, alternative] = [parcel.addressing, other(parcel.addressing)].map((kind) => signalAddress(sender, kind)) as [string, string];
  const isChanged = isStruck(world, "message_changed", parcel, device);
  let content: MessageContent = {};
  let sentTo: string | undefined;
  for (const enc of ciphertexts) {
    const bytes = isChanged ? flipped(bytesOf(enc)) : bytesOf(enc);
    const { type = "" } = enc.attrs;
    if (type === "pkmsg") checkBeginning(world, stanza, sender, bytes);
    const padded =
      type === "skmsg"
        ? device.signal.senderKeys.decrypt(stanza.attrs.to ?? "", address, bytes)
        : device.signal.decrypt(known, type, bytes, alternative);
    const whole = decodeContent(world.baileys, padded);
    const isCopy = sender.account === device.account && whole.deviceSentMessage !== undefined;
    if (isCopy) sentTo = whole.deviceSentMessage?.destinationJid;
    const { senderKeyDistributionMessage: key, ...rest } = (isCopy ? whole.deviceSentMessage?.message : whole) ?? {};
    const { groupId, axolotlSenderKeyDistributionMessage: distribution } = (key ?? {}) as SenderKeyDistribution;
    if (groupId !== undefined && distribution !== undefined) device.signal.senderKeys.learn(groupId, address, distribution);
    content = { ...content, ...rest };
  }
  return { content, sentTo };
}

const reported = new WeakSet<BinaryNode>();

/** Throws where a message names another one so that it is not found; the first device that reads it complains. */
function checkKeys({ complaints }: World, { stanza, chatAddressing }: Parcel, content: MessageContent, chat: string): void {
  const flaw = flawOfKeys(content, chat, chatAddressing);
  if (flaw === undefined) return;
  if (!reported.has(stanza)) complaints.add(`message ${stanza.attrs.id} to ${stanza.attrs.to} cannot be followed: ${flaw}`);
  reported.add(stanza);
  throw astray(flaw);
}

/** Throws unless the device that sends a session's beginning is who began it, and its phone vouches for it. */
function checkBeginning({ baileys }: World, stanza: BinaryNode, { account, device }: ClientSession, bytes: Buffer): void {
  if (!decodePreKeyMessage(bytes).identityKey.equals(device.identityKey)) {
    throw new Error("a message that begins a session has another identity key than the device that sends it");
  }
  checkCarriedIdentity(baileys, account.phone.signal.identity.public, device.identityKey, bytesOf(childOf(stanza, "device-identity")));
}

/** Whether a fault strikes a message here. Copies for the sender's own devices are spared. */
function isStruck(
  { faults }: World,
  kind: "message_changed" | "message_repeated",
  { stanza, sender }: Parcel,
  device: FakeDevice,
): boolean {
  if (sender.account === device.account) return false;
  const { id = "" } = stanza.attrs;
  return faults.take([kind], device.id === 0 ? id : `${id}:${device.id}`) !== undefined;
}

function other(addressing: Addressing): Addressing {
  return addressing === "lid" ? "number" : "lid";
}

interface SenderKeyDistribution {
  readonly groupId?: string;
  readonly axolotlSenderKeyDistributionMessage?: Uint8Array;
}

function directEnvelope(
  stanza: BinaryNode,
  device: Device,
  { account, device: { id } }: ClientSession,
  jid: string | undefined,
): Parcel["envelope"] {
  const isByLid = addressingOf(jid) === "lid";
  const from = (isByLid ? lidJid : numberJid)(account, id);
  if (account === device.account) return { from, recipient: stanza.attrs.recipient ?? stanza.attrs.to };
  return isByLid ? { from, sender_pn: numberJid(account), addressing_mode: "lid" } : { from, sender_lid: lidJid(account) };
}
