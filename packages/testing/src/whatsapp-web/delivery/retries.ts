import type { FakeDevice } from "../directory/account.ts";
import { lidJid, numberJid } from "../directory/directory.ts";
import { addressingOf, isPersonal } from "../directory/jid.ts";
import { bundleNodes, readKey } from "../requests/prekeys.ts";
import type { ClientSession, World } from "../server/world.ts";
import { isReadBefore } from "../signal/read-before.ts";
import { type BinaryNode, childOf, node } from "../wire/node.ts";
import { type Parcel, signalAddress } from "./client-messages.ts";

const MOST_RETRIES = 5;

/** Asks a client for a message again that a device could not read, up to five times, as every device of WhatsApp does. */
export function retryRequests(world: World): (parcel: Parcel, device: FakeDevice, error: unknown) => void {
  const asked = new Map<string, number>();
  return ({ stanza, sender }, device, error) => {
    // a second copy of what was read: the first is enough
    if (isReadBefore(error)) return;
    const { id, to, t, recipient } = stanza.attrs;
    const key = `${numberJid(device.account, device.id)} ${id}`;
    const count = (asked.get(key) ?? 0) + 1;
    if (count > MOST_RETRIES) return;
    asked.set(key, count);
    const jid = (isByLid(stanza) ? lidJid : numberJid)(device.account, device.id);
    const chat = device.account === sender.account ? (recipient ?? to) : undefined;
    const route = isPersonal(to) ? { from: jid, recipient: chat } : { from: to, participant: jid };
    const [registration, ...keys] = bundleNodes(device.takeBundle());
    const retry = node("retry", { count, id, t: t ?? world.seconds(), v: "1" });
    // the first time the keys that the server gives away have to do
    const children = [retry, registration, count > 1 ? node("keys", {}, keys) : undefined];
    sender.device.mailbox.post(node("receipt", { id, type: "retry", t: world.seconds(), ...route }, children));
  };
}

/** Sends a message again to the client that could not read it, in a new session. A prekey that the client sent along begins it. */
export function answerRetry(receipt: BinaryNode, { account, device }: ClientSession, from: FakeDevice): void {
  const resend = from.outbox.find(receipt.attrs.id);
  if (resend === undefined) return;
  for (const addressing of ["number", "lid"] as const) from.signal.forget(signalAddress({ account, device }, addressing));
  const preKey = childOf(childOf(receipt, "keys"), "key");
  if (preKey !== undefined) device.preKeys.unshift(readKey(preKey));
  resend(device, Number(childOf(receipt, "retry")?.attrs.count ?? 1));
}

function isByLid({ attrs: { to, addressing_mode: mode } }: BinaryNode): boolean {
  return mode === "lid" || addressingOf(to) === "lid";
}
