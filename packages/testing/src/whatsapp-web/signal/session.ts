import { timingSafeEqual } from "node:crypto";
import { derive, hmac } from "../keys/derive.ts";
import { type KeyPair, keyPair } from "../keys/key-pair.ts";
import { openCbc, sealCbc } from "../keys/seal.ts";
import { readBefore } from "./read-before.ts";
import { decodeMessage, encodeMessage, MAC_BYTES, typed } from "./signal-message.ts";

/** What two devices agreed on when they began, and who they are. */
export interface SessionStart {
  readonly rootKey: Buffer;
  readonly ownIdentity: Uint8Array;
  readonly theirIdentity: Uint8Array;
}

/** A double ratchet between two devices, as Signal's version 3 runs it. */
export interface Session {
  readonly theirIdentity: Uint8Array;
  /** Whether a message of the other side has come: until then every message has to carry the beginning along. */
  readonly isAnswered: boolean;
  encrypt(plain: Uint8Array): Buffer;
  /** Throws when the message is not of this session, was read before, or was changed; the session is as before then. */
  decrypt(message: Uint8Array): Buffer;
}

interface Chain {
  key: Buffer;
  /** The counter of the next message key. */
  next: number;
  /** Keys of messages that have not come, by their counters. */
  readonly skipped: Map<number, Buffer>;
}

interface Ratchet {
  rootKey: Buffer;
  ownKey: KeyPair;
  sending: Chain | undefined;
  previousCounter: number;
  /** Chains of the other side by its ratchet key; the last is the current one. */
  readonly receiving: Map<string, Chain>;
}

const FARTHEST_COUNTER = 2_000;
const CHAINS_KEPT = 5;

/** The session of who writes first, to the other side's signed prekey. */
export function outgoingSession(start: SessionStart, theirRatchetKey: Uint8Array): Session {
  const ratchet = emptyRatchet(start.rootKey, keyPair());
  stepSending(ratchet, theirRatchetKey);
  return session(start, ratchet);
}

/** The session of who is written to first. Its own signed prekey is its first ratchet key. */
export function incomingSession(start: SessionStart, signedPreKey: KeyPair): Session {
  return session(start, emptyRatchet(start.rootKey, signedPreKey));
}

function session({ ownIdentity, theirIdentity }: SessionStart, ratchet: Ratchet): Session {
  let current = ratchet;
  let isAnswered = false;
  const macOf = (key: Uint8Array, sender: Uint8Array, receiver: Uint8Array, body: Uint8Array): Buffer =>
    hmac(key, typed(sender), typed(receiver), body).subarray(0, MAC_BYTES);
  return {
    theirIdentity,
    get isAnswered() {
      return isAnswered;
    },
    encrypt: (plain) => {
      const { sending, ownKey, previousCounter } = current;
      if (sending === undefined) throw new Error("this side has nothing to answer to yet");
      const counter = sending.next;
      const { cipherKey, macKey, iv } = messageSecrets(advance(sending));
      const ciphertext = sealCbc(cipherKey, iv, plain);
      const body = encodeMessage({ ratchetKey: ownKey.public, counter, previousCounter, ciphertext });
      return Buffer.concat([body, macOf(macKey, ownIdentity, theirIdentity, body)]);
    },
    decrypt: (bytes) => {
      const { ratchetKey, counter, previousCounter, ciphertext, body, mac } = decodeMessage(bytes);
      // a forged message must not move the ratchet
      const next = copied(current);
      const { cipherKey, macKey, iv } = messageSecrets(receivingKey(next, ratchetKey, counter, previousCounter));
      const expected = macOf(macKey, theirIdentity, ownIdentity, body);
      if (mac.length !== MAC_BYTES || !timingSafeEqual(mac, expected)) throw new Error("the MAC of a Signal message does not match");
      const plain = openCbc(cipherKey, iv, ciphertext);
      current = next;
      isAnswered = true;
      return plain;
    },
  };
}

/** The key of one received message, taken out of its chain. */
function receivingKey(ratchet: Ratchet, ratchetKey: Buffer, counter: number, previousCounter: number): Buffer {
  const name = ratchetKey.toString("base64");
  if (!ratchet.receiving.has(name)) {
    const last = [...ratchet.receiving.values()].at(-1);
    if (last !== undefined) skipTo(last, previousCounter + 1);
    stepReceiving(ratchet, ratchetKey, name);
  }
  const chain = ratchet.receiving.get(name);
  if (chain === undefined) throw new Error("a chain of a Signal session is gone");
  skipTo(chain, counter + 1);
  const key = chain.skipped.get(counter);
  if (key === undefined) throw readBefore(`message ${counter} of a Signal session`);
  chain.skipped.delete(counter);
  return key;
}

function stepReceiving(ratchet: Ratchet, theirKey: Buffer, name: string): void {
  const [rootKey, chainKey] = stepped(ratchet.rootKey, ratchet.ownKey.agree(theirKey));
  ratchet.rootKey = rootKey;
  ratchet.receiving.set(name, { key: chainKey, next: 0, skipped: new Map() });
  for (const oldest of ratchet.receiving.keys()) {
    if (ratchet.receiving.size <= CHAINS_KEPT) break;
    ratchet.receiving.delete(oldest);
  }
  ratchet.previousCounter = Math.max(0, (ratchet.sending?.next ?? 0) - 1);
  ratchet.ownKey = keyPair();
  stepSending(ratchet, theirKey);
}

function stepSending(ratchet: Ratchet, theirKey: Uint8Array): void {
  const [rootKey, chainKey] = stepped(ratchet.rootKey, ratchet.ownKey.agree(theirKey));
  ratchet.rootKey = rootKey;
  ratchet.sending = { key: chainKey, next: 0, skipped: new Map() };
}

function stepped(rootKey: Buffer, secret: Buffer): readonly [rootKey: Buffer, chainKey: Buffer] {
  const keys = derive(secret, 64, { salt: rootKey, info: "WhisperRatchet" });
  return [keys.subarray(0, 32), keys.subarray(32)];
}

function skipTo(chain: Chain, next: number): void {
  if (next - chain.next > FARTHEST_COUNTER) throw new Error("a Signal message is too far in the future");
  while (chain.next < next) {
    const counter = chain.next;
    chain.skipped.set(counter, advance(chain));
  }
}

function advance(chain: Chain): Buffer {
  const key = hmac(chain.key, Buffer.from([1]));
  chain.key = hmac(chain.key, Buffer.from([2]));
  chain.next += 1;
  return key;
}

function messageSecrets(key: Buffer): { readonly cipherKey: Buffer; readonly macKey: Buffer; readonly iv: Buffer } {
  const secrets = derive(key, 80, { info: "WhisperMessageKeys" });
  return { cipherKey: secrets.subarray(0, 32), macKey: secrets.subarray(32, 64), iv: secrets.subarray(64) };
}

function emptyRatchet(rootKey: Buffer, ownKey: KeyPair): Ratchet {
  return { rootKey, ownKey, sending: undefined, previousCounter: 0, receiving: new Map() };
}

function copied(ratchet: Ratchet): Ratchet {
  const chain = ({ key, next, skipped }: Chain): Chain => ({ key, next, skipped: new Map(skipped) });
  const receiving = new Map([...ratchet.receiving].map(([name, each]) => [name, chain(each)]));
  return { ...ratchet, sending: ratchet.sending && chain(ratchet.sending), receiving };
}
