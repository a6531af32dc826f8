import { randomBytes, randomInt } from "node:crypto";
import type { Account, LinkedDevice } from "../directory/account.ts";
import { lidJid, numberJid } from "../directory/directory.ts";
import { type KeyPair, keyPair } from "../keys/key-pair.ts";
import { sign } from "../keys/signature.ts";
import { signedIdentity } from "../linking/adv.ts";
import { linkedDevice } from "../linking/linked-device.ts";
import type { World } from "../server/world.ts";
import { typed } from "../signal/signal-message.ts";

/** What a client keeps of a link: keys as pairs of 32 bytes each. */
export interface SeededSession {
  /** `15550001111:1@s.whatsapp.net`. */
  readonly jid: string;
  /** The same device by its LID. */
  readonly lid: string;
  /** The account's push name when it was linked. */
  readonly name: string;
  /** `smba` for a business, else `android`. */
  readonly platform: string;
  /** What the client logs in with. */
  readonly noiseKey: StoredKeyPair;
  /** The Signal identity of the client. */
  readonly identityKey: StoredKeyPair;
  /** Its `signature` is 64 bytes by `identityKey`; its `id` is 1. */
  readonly signedPreKey: { readonly id: number; readonly keyPair: StoredKeyPair; readonly signature: Buffer };
  /** Signal's, 1 to 16,380. */
  readonly registrationId: number;
  /** 32 bytes, under which a phone proves to its clients that it linked them. */
  readonly advSecret: Buffer;
  /** The encoded `ADVSignedDeviceIdentity` with every key and signature. */
  readonly signedIdentity: Buffer;
  /** The one-time prekeys that the server has, by their ids from 1. */
  readonly preKeys: Readonly<Record<string, StoredKeyPair>>;
  /** The same for Baileys 7: what `makeWASocket` takes as `auth.creds`, and the rows of its key store by their types and ids. */
  readonly baileys: {
    readonly creds: Readonly<Record<string, unknown>>;
    readonly keys: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  };
}

/** A key pair as bytes. */
export interface StoredKeyPair {
  /** 32 bytes, without the byte that says which curve. */
  readonly public: Buffer;
  /** 32 bytes. */
  readonly private: Buffer;
}

// more than Baileys 7.0.0-rc14 wants to find (five), so that it uploads none at its login
const PREKEYS = 30;

/** Links a client without the linking: the server has its device, and the answer is what the client would have stored. */
export function seedSession(world: World, account: Account): { readonly device: LinkedDevice; readonly session: SeededSession } {
  const [noise, identity, signed] = [keyPair(), keyPair(), keyPair()];
  const id = account.nextDevice;
  account.nextDevice += 1;
  const registrationId = randomInt(1, 16_381);
  const signature = sign(identity, typed(signed.public));
  const phone = account.phone.signal.identity;
  const whole = Buffer.from(signedIdentity(world.baileys, phone, identity, id, world.seconds()));
  const device = linkedDevice(world, account, {
    id,
    staticKey: noise.public,
    registration: { identityKey: identity.public, registrationId, signedPreKey: { id: 1, publicKey: signed.public, signature } },
    signedIdentity: whole,
  });
  const preKeys = Object.fromEntries(Array.from({ length: PREKEYS }, (_unused, index) => [String(index + 1), stored(keyPair())]));
  device.preKeys.push(...Object.entries(preKeys).map(([key, pair]) => ({ id: Number(key), publicKey: pair.public })));
  account.devices.set(id, device);
  const session: Omit<SeededSession, "baileys"> = {
    jid: numberJid(account, id),
    lid: lidJid(account, id),
    name: account.name,
    platform: account.business === undefined ? "android" : "smba",
    noiseKey: stored(noise),
    identityKey: stored(identity),
    signedPreKey: { id: 1, keyPair: stored(signed), signature },
    registrationId,
    advSecret: randomBytes(32),
    signedIdentity: whole,
    preKeys,
  };
  return { device, session: { ...session, baileys: baileysOf(world, session, phone) } };
}

function baileysOf({ baileys: { proto } }: World, session: Omit<SeededSession, "baileys">, phone: KeyPair): SeededSession["baileys"] {
  const { details, accountSignatureKey, accountSignature, deviceSignature } = proto.ADVSignedDeviceIdentity.decode(session.signedIdentity);
  const account = { details, accountSignatureKey, accountSignature, deviceSignature };
  const { jid, lid, name, platform, noiseKey, identityKey, signedPreKey, registrationId, advSecret, preKeys } = session;
  const next = Object.keys(preKeys).length + 1;
  return {
    creds: {
      noiseKey,
      pairingEphemeralKeyPair: stored(keyPair()),
      signedIdentityKey: identityKey,
      signedPreKey: { keyPair: signedPreKey.keyPair, signature: signedPreKey.signature, keyId: signedPreKey.id },
      registrationId,
      advSecretKey: advSecret.toString("base64"),
      processedHistoryMessages: [],
      nextPreKeyId: next,
      firstUnuploadedPreKeyId: next,
      accountSyncCounter: 0,
      accountSettings: { unarchiveChats: false },
      registered: true,
      me: { id: jid, lid, name },
      account: Object.fromEntries(Object.entries(account).map(([field, bytes]) => [field, Buffer.from(bytes ?? [])])),
      signalIdentities: [{ identifier: { name: lid, deviceId: 0 }, identifierKey: typed(phone.public) }],
      platform,
    },
    keys: { "pre-key": preKeys },
  };
}

function stored({ public: publicKey, private: privateKey }: KeyPair): StoredKeyPair {
  return { public: Buffer.from(publicKey), private: Buffer.from(privateKey) };
}
