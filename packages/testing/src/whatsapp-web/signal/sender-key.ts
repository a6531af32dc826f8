import { randomBytes, randomInt } from "node:crypto";
import { derive, hmac } from "../keys/derive.ts";
import { type KeyPair, keyPair } from "../keys/key-pair.ts";
import { openCbc, sealCbc } from "../keys/seal.ts";
import { isSignedBy, sign } from "../keys/signature.ts";
import { bytesField, decodeFields, encodeFields, numberField } from "./protobuf-fields.ts";
import { readBefore } from "./read-before.ts";
import { typed, untyped, VERSION, versioned } from "./signal-message.ts";

/** The sender keys of one device: with its own it writes to a group once for all members, with those of others it reads what they wrote. */
export interface SenderKeys {
  /** What somebody needs to read this device's messages to a group from now on. */
  distribution(group: string): Buffer;
  /** The same for one that has not got it yet; undefined for one that has. */
  distributionFor(group: string, address: string): Buffer | undefined;
  encrypt(group: string, plain: Uint8Array): Buffer;
  /** Begins anew: who was given the key before reads nothing of what follows. */
  rotate(group: string): void;
  /** Takes the key of another device. Throws when it is not well formed. */
  learn(group: string, sender: string, distribution: Uint8Array): void;
  /** Throws when the sender's key is unknown, did not sign the message, or the message was read before; nothing has changed then. */
  decrypt(group: string, sender: string, message: Uint8Array): Buffer;
  /** Forgets the keys of one sender in all groups. */
  forget(sender: string): void;
}

interface OwnKey {
  readonly id: number;
  readonly signing: KeyPair;
  readonly givenTo: Set<string>;
  chainKey: Buffer;
  iteration: number;
}

interface TheirKey {
  readonly id: number;
  readonly signingKey: Buffer;
  chainKey: Buffer;
  iteration: number;
  /** Keys of messages that have not come, by their iterations. */
  readonly skipped: Map<number, Buffer>;
}

const SIGNATURE_BYTES = 64;
const FARTHEST_ITERATION = 2_000;
const KEYS_KEPT = 5;

/** No keys yet; the own one of a group is made when it is asked for first. */
export function senderKeys(): SenderKeys {
  const own = new Map<string, OwnKey>();
  // by group and sender, the newest first
  const theirs = new Map<string, { readonly sender: string; readonly keys: readonly TheirKey[] }>();
  const ownKey = (group: string): OwnKey => {
    const known = own.get(group);
    if (known !== undefined) return known;
    const made = { id: randomInt(1, 2 ** 31), signing: keyPair(), givenTo: new Set<string>(), chainKey: randomBytes(32), iteration: 0 };
    own.set(group, made);
    return made;
  };
  const distribution = (group: string): Buffer => {
    const { id, iteration, chainKey, signing } = ownKey(group);
    return Buffer.concat([Buffer.from([VERSION]), encodeFields({ 1: id, 2: iteration, 3: chainKey, 4: typed(signing.public) })]);
  };
  return {
    distribution,
    distributionFor: (group, address) => {
      const { givenTo } = ownKey(group);
      if (givenTo.has(address)) return undefined;
      givenTo.add(address);
      return distribution(group);
    },
    encrypt: (group, plain) => {
      const key = ownKey(group);
      const { id, iteration, signing } = key;
      const { cipherKey, iv } = messageSecrets(advance(key));
      const fields = encodeFields({ 1: id, 2: iteration, 3: sealCbc(cipherKey, iv, plain) });
      const body = Buffer.concat([Buffer.from([VERSION]), fields]);
      return Buffer.concat([body, sign(signing, body)]);
    },
    rotate: (group) => void own.delete(group),
    learn: (group, sender, bytes) => {
      const fields = decodeFields(versioned(bytes));
      const key: TheirKey = {
        id: numberField(fields, 1),
        iteration: numberField(fields, 2),
        chainKey: bytesField(fields, 3),
        signingKey: untyped(bytesField(fields, 4)),
        skipped: new Map(),
      };
      const name = `${group} ${sender}`;
      const others = theirs.get(name)?.keys ?? [];
      theirs.set(name, { sender, keys: [key, ...others].slice(0, KEYS_KEPT) });
    },
    decrypt: (group, sender, bytes) => {
      const body = bytes.subarray(0, Math.max(0, bytes.length - SIGNATURE_BYTES));
      const fields = decodeFields(versioned(body));
      const id = numberField(fields, 1);
      const candidates = (theirs.get(`${group} ${sender}`)?.keys ?? []).filter((key) => key.id === id);
      if (candidates.length === 0) throw new Error(`there is no sender key ${id} of ${sender} in ${group}`);
      const key = candidates.find(({ signingKey }) => isSignedBy(signingKey, body, bytes.subarray(body.length)));
      if (key === undefined) throw new Error("the signature of a group's message is not by the sender key");
      const { cipherKey, iv } = messageSecrets(messageKey(key, numberField(fields, 2)));
      return openCbc(cipherKey, iv, bytesField(fields, 3));
    },
    forget: (sender) => {
      for (const [name, each] of theirs) if (each.sender === sender) theirs.delete(name);
    },
  };
}

function messageKey(key: TheirKey, iteration: number): Buffer {
  if (iteration - key.iteration > FARTHEST_ITERATION) throw new Error("a group's message is too far in the future");
  while (key.iteration <= iteration) {
    const at = key.iteration;
    key.skipped.set(at, advance(key));
  }
  const found = key.skipped.get(iteration);
  if (found === undefined) throw readBefore(`message ${iteration} of a sender key`);
  key.skipped.delete(iteration);
  return found;
}

function advance(chain: { chainKey: Buffer; iteration: number }): Buffer {
  const key = hmac(chain.chainKey, Buffer.from([1]));
  chain.chainKey = hmac(chain.chainKey, Buffer.from([2]));
  chain.iteration += 1;
  return key;
}

function messageSecrets(key: Buffer): { readonly iv: Buffer; readonly cipherKey: Buffer } {
  const secrets = derive(key, 48, { info: "WhisperGroup" });
  return { iv: secrets.subarray(0, 16), cipherKey: secrets.subarray(16) };
}
