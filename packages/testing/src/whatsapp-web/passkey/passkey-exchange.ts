import { randomBytes, timingSafeEqual } from "node:crypto";
import type { Baileys } from "../baileys.ts";
import { derive, hmac, sha256 } from "../keys/derive.ts";
import { keyPair } from "../keys/key-pair.ts";
import { openGcm } from "../keys/seal.ts";

/** The phone's side of linking a companion that has proved itself by a passkey: both commit to a nonce before they compare a code. */
export interface PasskeyExchange {
  /** The encoded `PrimaryEphemeralIdentity`: the answer to the companion's prologue. */
  readonly answer: Uint8Array;
  /** Whether the companion has proved that it knows the secret of the QR code or the link code: there is no need to compare codes then. */
  readonly isHandedOff: boolean;
  /** Takes the companion's nonce and answers the code of eight characters that both sides show. Throws when it is not the one it was bound to. */
  reveal(companionNonce: Uint8Array): string;
  /** Opens the companion's last message. Throws when it was sealed with another key. */
  open(envelope: Uint8Array): PairingRequest;
}

/** What a companion asks to be linked with. */
export interface PairingRequest {
  readonly staticKey: Buffer;
  readonly identityKey: Buffer;
  readonly advSecret: Buffer;
}

/** What a companion begins with. */
export interface PasskeyPrologue {
  /** The encoded `ProloguePayload`. */
  readonly payload: Uint8Array;
  /** Absent where the companion cannot prove that it knows the secret. */
  readonly handoffProof: Uint8Array | undefined;
  /** The secret before the passkey was asked for, and the reference that the companion was given. */
  readonly advSecret: Uint8Array;
  readonly ref: string;
}

const ALPHABET = "123456789ABCDEFGHJKLMNPQRSTVWXYZ";
const NONCE_BYTES = 32;
const CODE_BYTES = 5;

/** Begins with a companion's prologue, as whatsmeow's pair-passkey.go makes it. Throws when it is for another reference or proves another secret. */
export function passkeyExchange({ proto }: Baileys, { payload, handoffProof, advSecret, ref }: PasskeyPrologue): PasskeyExchange {
  const { companionEphemeralIdentity, commitment } = proto.ProloguePayload.decode(payload);
  const identity = Buffer.from(companionEphemeralIdentity ?? []);
  const { publicKey, deviceType, ref: named } = proto.CompanionEphemeralIdentity.decode(identity);
  if (named !== ref) throw new Error("the passkey's prologue is for another reference");
  const isHandedOff = handoffProof !== undefined;
  if (isHandedOff) {
    const key = derive(advSecret, 32, { info: "shortcake-passkey-handoff-v1" });
    if (!same(hmac(key, payload), handoffProof)) throw new Error("the passkey's prologue proves another secret");
  }
  const ephemeral = keyPair();
  const nonce = randomBytes(NONCE_BYTES);
  return {
    answer: proto.PrimaryEphemeralIdentity.encode({ publicKey: ephemeral.public, nonce }).finish(),
    isHandedOff,
    reveal: (companionNonce) => {
      if (!same(sha256(identity, companionNonce), commitment?.hash ?? Buffer.alloc(0))) {
        throw new Error("the companion reveals another nonce than it was bound to");
      }
      const digest = sha256(companionNonce, ephemeral.public);
      return crockford(Buffer.from(nonce.subarray(0, CODE_BYTES).map((byte, index) => byte ^ (digest[index] ?? 0))));
    },
    open: (envelope) => {
      const { encryptedPayload, iv } = proto.EncryptedPairingRequest.decode(envelope);
      const salt = Buffer.from(`Companion Pairing ${deviceType ?? 0} with ref ${ref}`);
      const key = derive(ephemeral.agree(publicKey ?? Buffer.alloc(0)), 32, { salt, info: "Pairing Information Encryption Key" });
      const {
        companionPublicKey,
        companionIdentityKey,
        advSecret: secret,
      } = proto.PairingRequest.decode(openGcm(key, iv ?? Buffer.alloc(12), Buffer.from(encryptedPayload ?? [])));
      const [staticKey, identityKey, advSecret] = [companionPublicKey, companionIdentityKey, secret].map((part) => Buffer.from(part ?? []));
      return { staticKey, identityKey, advSecret } as PairingRequest;
    },
  };
}

/** Five bytes as eight characters of Crockford's alphabet, as WhatsApp writes codes. */
export function crockford(bytes: Uint8Array): string {
  let bits = BigInt(`0x${Buffer.from(bytes).toString("hex")}`);
  let text = "";
  for (let index = 0; index < (bytes.length * 8) / 5; index += 1) {
    text = `${ALPHABET[Number(bits & 31n)]}${text}`;
    bits >>= 5n;
  }
  return text;
}

function same(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}
