import { type KeyPair, keyPair } from "../keys/key-pair.ts";
import { sign } from "../keys/signature.ts";
import type { KeyBundle } from "./bundle.ts";
import { isReadBefore } from "./read-before.ts";
import { type SenderKeys, senderKeys } from "./sender-key.ts";
import { incomingSession, outgoingSession, type Session } from "./session.ts";
import { decodePreKeyMessage, encodePreKeyMessage, typed } from "./signal-message.ts";
import { startIncoming, startOutgoing } from "./x3dh.ts";

/** A message on the wire: `pkmsg` begins a session, `msg` goes on with it. */
export interface Sealed {
  readonly type: "pkmsg" | "msg";
  readonly ciphertext: Buffer;
}

/** A device's side of Signal: its keys and its sessions with other devices, each under an address of the caller's choice. */
export interface SignalDevice {
  readonly identity: KeyPair;
  readonly registrationId: number;
  readonly senderKeys: SenderKeys;
  /** Gives away a one-time prekey; there is always another. */
  takeBundle(): KeyBundle;
  /** Encrypts in the session with an address; where there is none, one is begun from the bundle. */
  encrypt(address: string, bundle: () => KeyBundle, plain: Uint8Array): Sealed;
  /**
   * Reads a message in a session with an address, or where none fits with one of the others. Throws when it cannot be read: changed, read before, without a
   * session, with a prekey that was never given or used up.
   */
  decrypt(address: string, type: string, ciphertext: Uint8Array, ...others: readonly string[]): Buffer;
  /** Forgets the sessions with an address: the next message begins anew. */
  forget(address: string): void;
  /** Forgets every session and every sender key of others, as a phone does that was set up anew with its old identity. */
  forgetAll(): void;
}

interface Known {
  readonly session: Session;
  /** What goes along until the other side has answered. */
  readonly beginning: { readonly baseKey: Buffer; readonly signedPreKeyId: number; readonly preKeyId: number | undefined } | undefined;
  /** The base key of a session that the other side began. */
  readonly theirBaseKey: Buffer | undefined;
}

const SIGNED_PRE_KEY_ID = 1;
const SESSIONS_KEPT = 40;

/** Makes a device. */
export function signalDevice({ registrationId, identity = keyPair() }: { registrationId: number; identity?: KeyPair }): SignalDevice {
  const signedPreKey = keyPair();
  const preKeys = new Map<number, KeyPair>();
  const keys = senderKeys();
  // the newest first
  const sessions = new Map<string, readonly Known[]>();
  let signature: Buffer | undefined;
  let nextPreKey = 1;

  const remember = (address: string, known: Known): void => {
    const others = (sessions.get(address) ?? []).filter((each) => each !== known);
    sessions.set(address, [known, ...others].slice(0, SESSIONS_KEPT));
  };

  const begin = (address: string, bundle: KeyBundle): Known => {
    const { start, baseKey } = startOutgoing(identity, bundle);
    const known: Known = {
      session: outgoingSession(start, bundle.signedPreKey.publicKey),
      beginning: { baseKey: baseKey.public, signedPreKeyId: bundle.signedPreKey.id, preKeyId: bundle.preKey?.id },
      theirBaseKey: undefined,
    };
    remember(address, known);
    return known;
  };

  /** The session that a first message begins; the same message again finds the same session. */
  const accept = (
    addresses: readonly string[],
    ciphertext: Uint8Array,
  ): { readonly known: Known; readonly message: Buffer; readonly preKeyId?: number } => {
    const { identityKey, baseKey, preKeyId, signedPreKeyId, message } = decodePreKeyMessage(ciphertext);
    const again = addresses.flatMap((address) => sessions.get(address) ?? []).find(({ theirBaseKey }) => theirBaseKey?.equals(baseKey));
    if (again !== undefined) return { known: again, message };
    if (signedPreKeyId !== SIGNED_PRE_KEY_ID) throw new Error(`there is no signed prekey ${signedPreKeyId}`);
    const preKey = preKeyId === undefined ? undefined : preKeys.get(preKeyId);
    if (preKeyId !== undefined && preKey === undefined) throw new Error(`the one-time prekey ${preKeyId} was used before or never given`);
    const start = startIncoming({ identity, signedPreKey, preKey }, identityKey, baseKey);
    const known = { session: incomingSession(start, signedPreKey), beginning: undefined, theirBaseKey: baseKey };
    return { known, message, ...(preKeyId !== undefined && { preKeyId }) };
  };

  return {
    identity,
    registrationId,
    senderKeys: keys,
    takeBundle: () => {
      const id = nextPreKey;
      nextPreKey += 1;
      const preKey = keyPair();
      preKeys.set(id, preKey);
      signature ??= sign(identity, typed(signedPreKey.public));
      return {
        registrationId,
        identityKey: identity.public,
        signedPreKey: { id: SIGNED_PRE_KEY_ID, publicKey: signedPreKey.public, signature },
        preKey: { id, publicKey: preKey.public },
      };
    },
    encrypt: (address, bundle, plain) => {
      const [newest] = sessions.get(address) ?? [];
      const { session, beginning } = newest ?? begin(address, bundle());
      const message = session.encrypt(plain);
      if (beginning === undefined || session.isAnswered) return { type: "msg", ciphertext: message };
      return { type: "pkmsg", ciphertext: encodePreKeyMessage({ ...beginning, registrationId, identityKey: identity.public, message }) };
    },
    decrypt: (address, type, ciphertext, ...others) => {
      if (type === "pkmsg") {
        const { known, message, preKeyId } = accept([address, ...others], ciphertext);
        const plain = known.session.decrypt(message);
        if (preKeyId !== undefined) preKeys.delete(preKeyId);
        remember(address, known);
        return plain;
      }
      if (type !== "msg") throw new Error(`a device cannot read messages of the type ${type}`);
      let failure: unknown = new Error(`there is no session with ${address}`);
      for (const one of [address, ...others]) {
        for (const known of sessions.get(one) ?? []) {
          try {
            const plain = known.session.decrypt(ciphertext);
            // whoever writes in it under this address too reads in it under this address
            remember(address, known);
            return plain;
          } catch (error) {
            // the session it was read in knows best
            if (!isReadBefore(failure)) failure = error;
          }
        }
      }
      throw failure;
    },
    forget: (address) => void sessions.delete(address),
    forgetAll: () => {
      for (const address of sessions.keys()) keys.forget(address);
      sessions.clear();
    },
  };
}
