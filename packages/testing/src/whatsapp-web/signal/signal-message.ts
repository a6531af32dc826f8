import { bytesField, decodeFields, encodeFields, numberField } from "./protobuf-fields.ts";

/** The message of a running session. Keys have 32 bytes. */
export interface SignalMessage {
  readonly ratchetKey: Buffer;
  readonly counter: number;
  /** The last counter of the sender's chain before this one. */
  readonly previousCounter: number;
  readonly ciphertext: Buffer;
}

/** The message that begins a session, with one of the other kind inside. */
export interface PreKeyMessage {
  readonly registrationId: number;
  readonly preKeyId: number | undefined;
  readonly signedPreKeyId: number;
  readonly baseKey: Buffer;
  readonly identityKey: Buffer;
  readonly message: Buffer;
}

/** Both halves of the first byte: the version that was used and the newest the sender knows. */
export const VERSION = 0x33;
/** Bytes of the MAC behind a message. */
export const MAC_BYTES = 8;
const KEY_TYPE = 5;

/** Puts Signal's type byte in front of a Curve25519 key. */
export function typed(publicKey: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([KEY_TYPE]), publicKey]);
}

/** The version and the fields, without the MAC that belongs behind them. */
export function encodeMessage({ ratchetKey, counter, previousCounter, ciphertext }: SignalMessage): Buffer {
  return Buffer.concat([Buffer.from([VERSION]), encodeFields({ 1: typed(ratchetKey), 2: counter, 3: previousCounter, 4: ciphertext })]);
}

/** Reads a message with its MAC. Throws on another version or missing fields. */
export function decodeMessage(bytes: Uint8Array): SignalMessage & { readonly body: Buffer; readonly mac: Buffer } {
  const body = Buffer.from(bytes.subarray(0, Math.max(0, bytes.length - MAC_BYTES)));
  const fields = decodeFields(versioned(body));
  return {
    ratchetKey: untyped(bytesField(fields, 1)),
    counter: numberField(fields, 2),
    previousCounter: numberField(fields, 3),
    ciphertext: bytesField(fields, 4),
    body,
    mac: Buffer.from(bytes.subarray(body.length)),
  };
}

/** Encodes the message that begins a session. */
export function encodePreKeyMessage({ registrationId, preKeyId, signedPreKeyId, baseKey, identityKey, message }: PreKeyMessage): Buffer {
  const fields = { 1: preKeyId, 2: typed(baseKey), 3: typed(identityKey), 4: message, 5: registrationId, 6: signedPreKeyId };
  return Buffer.concat([Buffer.from([VERSION]), encodeFields(fields)]);
}

/** Reads the message that begins a session. Throws on another version or missing fields. */
export function decodePreKeyMessage(bytes: Uint8Array): PreKeyMessage {
  const fields = decodeFields(versioned(bytes));
  const preKeyId = numberField(fields, 1);
  return {
    registrationId: numberField(fields, 5),
    // ids count from 1
    preKeyId: preKeyId === 0 ? undefined : preKeyId,
    signedPreKeyId: numberField(fields, 6),
    baseKey: untyped(bytesField(fields, 2)),
    identityKey: untyped(bytesField(fields, 3)),
    message: bytesField(fields, 4),
  };
}

/** What is behind the first byte. Throws on another version than 3. */
export function versioned(bytes: Uint8Array): Uint8Array {
  if ((bytes[0] ?? 0) >> 4 !== 3) throw new Error("a Signal message has another version than 3");
  return bytes.subarray(1);
}

/** Takes Signal's type byte off a key. Throws when it is not of Curve25519. */
export function untyped(publicKey: Buffer): Buffer {
  if (publicKey.length !== 33 || publicKey[0] !== KEY_TYPE) throw new Error("a key in a Signal message is not of Curve25519");
  return publicKey.subarray(1);
}
