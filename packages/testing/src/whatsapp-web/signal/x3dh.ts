import { derive } from "../keys/derive.ts";
import { type KeyPair, keyPair } from "../keys/key-pair.ts";
import { isVouchedFor, type KeyBundle } from "./bundle.ts";
import type { SessionStart } from "./session.ts";

/** The private keys of the side that is written to, which the first message names. */
export interface OwnKeys {
  readonly identity: KeyPair;
  readonly signedPreKey: KeyPair;
  /** Absent when the sender got no one-time prekey. */
  readonly preKey: KeyPair | undefined;
}

// what a curve point can never be, in front of the secrets
const HEAD = Buffer.alloc(32, 0xff);

/** Begins from a bundle, with a new base key that goes along in the message. Throws when the identity did not sign the signed prekey. */
export function startOutgoing(identity: KeyPair, bundle: KeyBundle): { readonly start: SessionStart; readonly baseKey: KeyPair } {
  const { identityKey, signedPreKey, preKey } = bundle;
  if (!isVouchedFor(identityKey, signedPreKey)) {
    throw new Error("the signed prekey of a bundle is not signed by its identity");
  }
  const baseKey = keyPair();
  const secrets = [identity.agree(signedPreKey.publicKey), baseKey.agree(identityKey), baseKey.agree(signedPreKey.publicKey)];
  if (preKey !== undefined) secrets.push(baseKey.agree(preKey.publicKey));
  return { baseKey, start: { rootKey: rootKey(secrets), ownIdentity: identity.public, theirIdentity: identityKey } };
}

/** Begins from the first message of the other side. */
export function startIncoming({ identity, signedPreKey, preKey }: OwnKeys, theirIdentity: Buffer, baseKey: Buffer): SessionStart {
  const secrets = [signedPreKey.agree(theirIdentity), identity.agree(baseKey), signedPreKey.agree(baseKey)];
  if (preKey !== undefined) secrets.push(preKey.agree(baseKey));
  return { rootKey: rootKey(secrets), ownIdentity: identity.public, theirIdentity };
}

function rootKey(secrets: readonly Buffer[]): Buffer {
  return derive(Buffer.concat([HEAD, ...secrets]), 64, { info: "WhisperText" }).subarray(0, 32);
}
