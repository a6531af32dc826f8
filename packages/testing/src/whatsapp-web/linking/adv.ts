import { randomInt } from "node:crypto";
import type { Baileys } from "../baileys.ts";
import { hmac } from "../keys/derive.ts";
import type { KeyPair } from "../keys/key-pair.ts";
import { isSignedBy, sign } from "../keys/signature.ts";

/** What a phone vouches for when it links a companion. */
export interface Companion {
  readonly keyIndex: number;
  /** Seconds since the epoch. */
  readonly timestamp: number;
  readonly identityKey: Uint8Array;
  /** What the companion showed or agreed on with the phone, 32 bytes. */
  readonly advSecret: Uint8Array;
}

/** A companion's identity as its phone signed it. */
export interface SignedCompanion {
  /** The encoded `ADVDeviceIdentity`. */
  readonly details: Uint8Array;
  /** The phone's signature, which the companion hands on as it is. */
  readonly accountSignature: Uint8Array;
  /** The encoded `ADVSignedDeviceIdentityHMAC`: the content of `device-identity` in `pair-success`. */
  readonly envelope: Uint8Array;
}

const ACCOUNT_HEAD = Buffer.from([6, 0]);
const DEVICE_HEAD = Buffer.from([6, 1]);

/** Signs a companion's identity with the phone's, under the secret that only the two of them know. */
export function signCompanion({ proto }: Baileys, phone: KeyPair, companion: Companion): SignedCompanion {
  const { keyIndex, timestamp, identityKey, advSecret } = companion;
  const rawId = randomInt(2 ** 31);
  const details = proto.ADVDeviceIdentity.encode({ rawId, timestamp, keyIndex, accountType: 0, deviceType: 0 }).finish();
  const accountSignature = sign(phone, Buffer.concat([ACCOUNT_HEAD, details, identityKey]));
  const signed = proto.ADVSignedDeviceIdentity.encode({ details, accountSignatureKey: phone.public, accountSignature }).finish();
  return {
    details,
    accountSignature,
    envelope: proto.ADVSignedDeviceIdentityHMAC.encode({ details: signed, hmac: hmac(advSecret, signed) }).finish(),
  };
}

// what a companion has sent along and was found to be in order, by its key: it sends the same until it is answered
const found = new WeakMap<Uint8Array, { readonly phoneKey: Buffer; readonly carried: Buffer }>();

/**
 * Checks the identity that a companion sends along with a message that begins a session, as every recipient does. Throws when it is missing or is not
 * signed by both the phone and the companion.
 */
export function checkCarriedIdentity({ proto }: Baileys, phoneKey: Uint8Array, companionKey: Uint8Array, carried: Uint8Array): void {
  if (carried.length === 0) throw new Error("a message that begins a session does not carry the device's identity");
  const known = found.get(companionKey);
  if (known?.phoneKey.equals(phoneKey) && known.carried.equals(carried)) return;
  const { details, accountSignatureKey, accountSignature, deviceSignature } = proto.ADVSignedDeviceIdentity.decode(carried);
  const names = accountSignatureKey != null && accountSignatureKey.length > 0 ? accountSignatureKey : phoneKey;
  if (!Buffer.from(names).equals(phoneKey)) throw new Error("a device's identity names another account's key");
  checkSignatures(phoneKey, companionKey, { details, accountSignature, deviceSignature });
  found.set(companionKey, { phoneKey: Buffer.from(phoneKey), carried: Buffer.from(carried) });
}

/** The identity of a companion of the server's own: signed by both sides, as others are told of it. */
export function signedIdentity({ proto }: Baileys, phone: KeyPair, companion: KeyPair, keyIndex: number, timestamp: number): Uint8Array {
  const details = proto.ADVDeviceIdentity.encode({
    rawId: randomInt(2 ** 31),
    timestamp,
    keyIndex,
    accountType: 0,
    deviceType: 0,
  }).finish();
  return proto.ADVSignedDeviceIdentity.encode({
    details,
    accountSignatureKey: phone.public,
    accountSignature: sign(phone, Buffer.concat([ACCOUNT_HEAD, details, companion.public])),
    deviceSignature: sign(companion, Buffer.concat([DEVICE_HEAD, details, companion.public, phone.public])),
  }).finish();
}

/**
 * Checks the companion's answer and answers the whole identity, as others are told of it. Throws when it names other details, repeats the account's key, or does not carry both the phone's signature and the
 * companion's own.
 */
export function checkDeviceSignature(
  { proto }: Baileys,
  phoneKey: Uint8Array,
  signed: SignedCompanion,
  companionKey: Uint8Array,
  answer: Uint8Array,
): Uint8Array {
  const { details, accountSignatureKey, accountSignature, deviceSignature } = proto.ADVSignedDeviceIdentity.decode(answer);
  if (!Buffer.from(details ?? []).equals(signed.details)) throw new Error("the companion signed other details than the phone's");
  if (accountSignatureKey != null && accountSignatureKey.length > 0) throw new Error("the companion repeats the account's key");
  // made here a moment ago: that they are the same bytes says more than that they verify
  if (!Buffer.from(accountSignature ?? []).equals(signed.accountSignature)) throw new Error(NOT_HANDED_ON);
  checkOwnSignature(phoneKey, companionKey, { details, deviceSignature });
  return proto.ADVSignedDeviceIdentity.encode({
    details: details ?? null,
    accountSignatureKey: phoneKey,
    accountSignature: accountSignature ?? null,
    deviceSignature: deviceSignature ?? null,
  }).finish();
}

interface Signatures {
  readonly details?: Uint8Array | null | undefined;
  readonly accountSignature?: Uint8Array | null | undefined;
  readonly deviceSignature?: Uint8Array | null | undefined;
}

const NOT_HANDED_ON = "the companion does not hand on the phone's signature";

function checkSignatures(phoneKey: Uint8Array, companionKey: Uint8Array, signed: Signatures): void {
  const vouched = Buffer.concat([ACCOUNT_HEAD, signed.details ?? Buffer.alloc(0), companionKey]);
  if (!isSignedBy(phoneKey, vouched, signed.accountSignature ?? Buffer.alloc(0))) throw new Error(NOT_HANDED_ON);
  checkOwnSignature(phoneKey, companionKey, signed);
}

function checkOwnSignature(
  phoneKey: Uint8Array,
  companionKey: Uint8Array,
  { details, deviceSignature }: Pick<Signatures, "details" | "deviceSignature">,
): void {
  const message = Buffer.concat([DEVICE_HEAD, details ?? Buffer.alloc(0), companionKey, phoneKey]);
  if (!isSignedBy(companionKey, message, deviceSignature ?? Buffer.alloc(0))) throw new Error("the companion's signature is not its own");
}
