import { mailbox } from "../delivery/mailbox.ts";
import type { Account, LinkedDevice } from "../directory/account.ts";
import type { Registration } from "./registration.ts";

/** What a client is known by once it is linked. */
export interface NewLinkedDevice {
  readonly id: number;
  readonly staticKey: Buffer;
  readonly registration: Registration;
  readonly signedIdentity: Uint8Array;
}

/** Makes the device that a client has become. */
export function linkedDevice(account: Account, { id, staticKey, registration, signedIdentity }: NewLinkedDevice): LinkedDevice {
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
      return { registrationId, identityKey, signedPreKey, preKey: preKeys.shift() };
    },
  };
  return device;
}
