import { linkedDevices } from "../delivery/send-from.ts";
import type { Account, Device, LinkedDevice } from "../directory/account.ts";
import { lidJid, numberJid } from "../directory/directory.ts";
import { sha256 } from "../keys/derive.ts";
import { knowEachOther } from "../limits/account-limits.ts";
import type { World } from "../server/world.ts";
import { type AttributeValue, type BinaryNode, node } from "../wire/node.ts";

/** Posts a notification of an account to one client. */
export function postNotice(
  world: World,
  device: LinkedDevice,
  attributes: Readonly<Record<string, AttributeValue>>,
  children: readonly (BinaryNode | undefined)[],
): void {
  device.mailbox.post(node("notification", { ...attributes, id: world.nextId(), t: world.seconds() }, children));
}

/** The clients of those whom an account has written to, or who have written to it. */
export function clientsOfContacts(world: World, account: Account): readonly LinkedDevice[] {
  return world.directory.accounts.filter((other) => other !== account && knowEachOther(account, other)).flatMap(linkedDevices);
}

/** Tells the contacts of an account, and its own other clients, that it has a device more or less. */
export function announceDevice(
  world: World,
  account: Account,
  change: "add" | "remove",
  { id, keyIndex }: Pick<Device, "id" | "keyIndex">,
): void {
  const hash = `2:${sha256(Buffer.from([...account.devices.keys()].join()))
    .toString("base64")
    .slice(0, 8)}`;
  const device = node("device", { jid: lidJid(account, id), "key-index": keyIndex });
  const child = node(change, { device_hash: hash }, [device, node("key-index-list", { ts: world.seconds() })]);
  const own = linkedDevices(account).filter((each) => each.id !== id);
  for (const target of [...clientsOfContacts(world, account), ...own]) {
    postNotice(world, target, { from: lidJid(account), type: "devices" }, [child]);
  }
}

/** Tells the contacts of an account that its phone has another identity key. */
export function announceIdentity(world: World, account: Account): void {
  for (const target of clientsOfContacts(world, account)) {
    postNotice(world, target, { from: lidJid(account), type: "encrypt" }, [node("identity")]);
  }
}

/** Tells a client of its own account's change, which the phone or another client has made. */
export function announceToOwn(world: World, account: Account, child: BinaryNode): void {
  for (const target of linkedDevices(account)) postNotice(world, target, { from: numberJid(account), type: "account_sync" }, [child]);
}
