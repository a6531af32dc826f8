import { isVouchedFor, type KeyBundle } from "../signal/bundle.ts";
import type { ClientHello } from "../wire/connection.ts";
import { readUint } from "../wire/node.ts";

/** The keys that a client brings when it asks to be linked. */
export interface Registration {
  readonly identityKey: Buffer;
  readonly registrationId: number;
  readonly signedPreKey: KeyBundle["signedPreKey"];
}

/** Reads the keys of a client that is not linked; undefined for one that logs in. Throws when the signed prekey is not signed by the identity. */
export function readRegistration({ devicePairingData }: ClientHello): Registration | undefined {
  if (devicePairingData == null) return undefined;
  const { eIdent, eRegid, eSkeyId, eSkeyVal, eSkeySig } = devicePairingData;
  const identityKey = Buffer.from(eIdent ?? []);
  const signedPreKey = {
    id: readUint(eSkeyId ?? Buffer.alloc(0)),
    publicKey: Buffer.from(eSkeyVal ?? []),
    signature: Buffer.from(eSkeySig ?? []),
  };
  if (!isVouchedFor(identityKey, signedPreKey)) {
    throw new Error("the client's signed prekey is not signed by its identity");
  }
  return { identityKey, registrationId: readUint(eRegid ?? Buffer.alloc(0)), signedPreKey };
}
