import { isSignedBy } from "../keys/signature.ts";
import { typed } from "./signal-message.ts";

/** The public keys with which somebody begins to write to a device. Keys have 32 bytes, without Signal's leading 5. */
export interface KeyBundle {
  readonly registrationId: number;
  readonly identityKey: Uint8Array;
  readonly signedPreKey: { readonly id: number; readonly publicKey: Uint8Array; readonly signature: Uint8Array };
  /** Absent when a device has run out of them. */
  readonly preKey: { readonly id: number; readonly publicKey: Uint8Array } | undefined;
}

const KEY_BYTES = 32;
// by which identity a signed prekey was found to be signed: each is looked at once
const vouched = new WeakMap<KeyBundle["signedPreKey"], Uint8Array>();

/** Whether a signed prekey is a key, and signed by an identity. */
export function isVouchedFor(identityKey: Uint8Array, signedPreKey: KeyBundle["signedPreKey"]): boolean {
  const by = vouched.get(signedPreKey);
  if (by !== undefined && Buffer.from(by).equals(identityKey)) return true;
  const { publicKey, signature } = signedPreKey;
  const isValid = publicKey.length === KEY_BYTES && isSignedBy(identityKey, typed(publicKey), signature);
  if (isValid) vouched.set(signedPreKey, identityKey);
  return isValid;
}
