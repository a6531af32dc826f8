import { mailbox } from "../delivery/mailbox.ts";
import type { Account, LinkedDevice } from "../directory/account.ts";
import { SERVER_JID } from "../directory/jid.ts";
import { postNotice } from "../notices/contact-notices.ts";
import type { World } from "../server/world.ts";
import { node } from "../wire/node.ts";
import type { Registration } from "./registration.ts";

/** What a client is known by once it is linked. */
export interface NewLinkedDevice {
  readonly id: number;
  readonly staticKey: Buffer;
  readonly registration: Registration;
  readonly signedIdentity: Uint8Array;
}

/** Below this many prekeys a client is told that they run low; it has to upload others, as Baileys 7.0.0-rc14 does below five. */
const FEW_PREKEYS = 5;

/** Tells a client how many one-time prekeys nobody has taken. */
export function announcePreKeys(world: World, device: LinkedDevice, left: number = device.preKeys.length): void {
  postNotice(world, device, { from: SERVER_JID, type: "encrypt" }, [node("count", { value: left })]);
}

/** Makes the device that a client has become. */
export function linkedDevice(
  world: World,
  account: Account,
  { id, staticKey, registration, signedIdentity }: NewLinkedDevice,
): LinkedDevice {
  const device: LinkedDevice = {
    kind: "linked",
    account,
    id,
    keyIndex: id,
    staticKey,
    signedIdentity,
    ...registration,
    preKeys: [],
    mailbox: mailbox(),
    connection: undefined,
    presence: undefined,
    takeBundle: () => {
      const { registrationId, identityKey, signedPreKey, preKeys } = device;
      if (preKeys.length === FEW_PREKEYS) announcePreKeys(world, device, FEW_PREKEYS - 1);
      return { registrationId, identityKey, signedPreKey, preKey: preKeys.shift() };
    },
  };
  return device;
}
