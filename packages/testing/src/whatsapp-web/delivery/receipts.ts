import type { Account, LinkedDevice } from "../directory/account.ts";
import { lidJid, numberJid } from "../directory/directory.ts";
import { type Addressing, addressingOf, isPersonal } from "../directory/jid.ts";
import type { ClientSession, World } from "../server/world.ts";
import { type BinaryNode, childOf, childrenOf, node } from "../wire/node.ts";
import type { Receipt } from "./received-message.ts";
import { answerRetry } from "./retries.ts";

/** A receipt from an account of the server's own to a client. */
export interface OutgoingReceipt {
  readonly from: Account;
  readonly ids: readonly string[];
  /** The group the messages are in; absent for one person's. */
  readonly group?: string | undefined;
  /** `read`, `played`; undefined means delivered. */
  readonly type?: string | undefined;
  readonly addressing?: Addressing | undefined;
}

/** Where the receipt of a client's message goes, by the attributes of its stanza: to the group it was sent to, by the addresses it was sent with. */
export function answerTo({ to, addressing_mode: mode }: BinaryNode["attrs"]): Pick<OutgoingReceipt, "group" | "addressing"> {
  return { group: isPersonal(to) ? undefined : to, addressing: mode === "lid" ? "lid" : addressingOf(to) };
}

/** Posts a receipt. Several messages share one: the first is its id, the others are listed. */
export function sendReceipt(world: World, device: LinkedDevice, { from, ids, group, type, addressing }: OutgoingReceipt): void {
  const [id, ...others] = ids;
  const items = others.map((each) => node("item", { id: each }));
  const jid = (addressing === "lid" ? lidJid : numberJid)(from);
  const route = group === undefined ? { from: jid } : { from: group, participant: jid };
  device.mailbox.post(
    node("receipt", { id, ...route, type, t: world.seconds() }, items.length === 0 ? undefined : [node("list", {}, items)]),
  );
}

// what Baileys 7.0.0-rc14 writes; without a type a message is delivered
const RECEIPT_TYPES = ["read", "read-self", "played", "retry", "sender", "inactive", "peer_msg", "hist_sync"];

/** What is wrong with a receipt, so that no client of WhatsApp Web sends it, in words. A type may be one that a room of its own answers. */
export function flawOfReceipt({ attrs: { id = "", type } }: BinaryNode, isAnswered: boolean): string | undefined {
  if (id === "") return "without an id";
  return type === undefined || isAnswered || RECEIPT_TYPES.includes(type) ? undefined : "of an unknown type";
}

/** The ids of the messages that a receipt is for. */
export function idsOfReceipt(stanza: BinaryNode): readonly string[] {
  return [stanza.attrs.id ?? "", ...childrenOf(childOf(stanza, "list"), "item").map((item) => item.attrs.id ?? "")];
}

/** Takes a client's receipt: acknowledges it and hands it to whom it is for. */
export function takeReceipt(
  world: World,
  stanza: BinaryNode,
  session: ClientSession,
  arrived: (receipt: Receipt, at: Account) => void,
): void {
  const { connection, account, device } = session;
  const { id = "", to = "", type, participant } = stanza.attrs;
  connection.send(node("ack", { id, class: "receipt", from: to, type, participant }));
  // what the device never got goes to nobody
  const ids = idsOfReceipt(stanza).filter((each) => device.mailbox.known.has(each));
  if (ids.length === 0) return;
  // Baileys 7.0.0-rc14 acknowledges a message that it could read by its receipt alone; one that it asks for again it acknowledges as well
  if (type !== "retry") for (const each of ids) device.mailbox.acknowledge("message", each);
  const group = isPersonal(to) ? undefined : to;
  if (type === "read" || type === "read-self") tellOwn(world, stanza, session);
  const receipt = { ids, type: type ?? "delivery", from: numberJid(account, device.id), group };
  // who hides having read tells the own devices alone
  if (type === "read-self") {
    arrived(receipt, account);
    return;
  }
  const found = world.directory.find(participant ?? to);
  if (found === undefined) return;
  arrived(receipt, found.account);
  if (type === "retry" && found.device?.kind === "fake") answerRetry(stanza, session, found.device);
  const own = (addressingOf(participant ?? to) === "lid" ? lidJid : numberJid)(account, device.id);
  const route = group === undefined ? { from: own } : { from: group, participant: own };
  for (const target of type === "retry" ? [found.device] : found.account.devices.values()) {
    if (target?.kind !== "linked" || target === device) continue;
    target.mailbox.post(node("receipt", { id, ...route, type, t: world.seconds() }, stanza.content));
  }
}

/** Tells a reader's other clients that there is nothing left to read. */
function tellOwn(world: World, { attrs, content }: BinaryNode, { account, device }: ClientSession): void {
  const { id, to, type } = attrs;
  const own = numberJid(account, device.id);
  const route = isPersonal(to) ? { from: own, recipient: to } : { from: to, participant: own };
  for (const other of account.devices.values()) {
    if (other.kind !== "linked" || other === device) continue;
    other.mailbox.post(node("receipt", { id, ...route, type, t: world.seconds() }, content));
  }
}
