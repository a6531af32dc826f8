import { createHmac, randomBytes } from "node:crypto";
import type { Baileys } from "../baileys.ts";
import { hmac } from "../keys/derive.ts";
import { openCbc, sealCbc } from "../keys/seal.ts";
import type { SyncKey } from "./sync-key.ts";

/** One thing that is set or removed. */
export interface Mutation {
  /** What it is about: `["archive", "15550002222@s.whatsapp.net"]`. */
  readonly index: readonly string[];
  /** The fields of WhatsApp's `SyncActionValue`, such as `{ archiveChatAction: { archived: true } }`. */
  readonly action: Readonly<Record<string, unknown>>;
  /** Takes the thing away instead of setting it. */
  readonly isRemoved?: boolean;
  /** The version of the kind of action; 1 where absent. */
  readonly version?: number;
}

/** A mutation as it is stored: nobody without the key learns what it is about. */
export interface SealedMutation {
  readonly isRemoved: boolean;
  readonly indexMac: Buffer;
  /** Initialisation vector, ciphertext and MAC. */
  readonly value: Buffer;
  readonly keyId: Buffer;
}

const IV_BYTES = 16;
/** How long the MAC behind a value is. */
export const VALUE_MAC_BYTES = 32;

/** Encrypts a mutation. */
export function sealMutation({ proto }: Baileys, key: SyncKey, mutation: Mutation, now: number): SealedMutation {
  const index = Buffer.from(JSON.stringify(mutation.index));
  const value = { timestamp: now, ...mutation.action };
  const data = proto.SyncActionData.fromObject({ index, value, padding: Buffer.alloc(0), version: mutation.version ?? 1 });
  const iv = randomBytes(IV_BYTES);
  const sealed = Buffer.concat([iv, sealCbc(key.encryption, iv, proto.SyncActionData.encode(data).finish())]);
  const isRemoved = mutation.isRemoved ?? false;
  return { isRemoved, indexMac: hmac(key.index, index), value: Buffer.concat([sealed, valueMac(key, isRemoved, sealed)]), keyId: key.id };
}

/** Decrypts a mutation. Throws when the MAC of its value or of its index is wrong. */
export function openMutation({ proto }: Baileys, key: SyncKey, { isRemoved, indexMac, value }: SealedMutation): Mutation {
  const sealed = value.subarray(0, -VALUE_MAC_BYTES);
  if (!valueMac(key, isRemoved, sealed).equals(value.subarray(-VALUE_MAC_BYTES))) throw new Error("the MAC of a value is wrong");
  const plain = openCbc(key.encryption, sealed.subarray(0, IV_BYTES), sealed.subarray(IV_BYTES));
  const decoded = proto.SyncActionData.toObject(proto.SyncActionData.decode(plain), { longs: Number, bytes: Buffer });
  const index = decoded.index as Buffer;
  if (!hmac(key.index, index).equals(indexMac)) throw new Error("the MAC of an index is wrong");
  return { index: JSON.parse(index.toString()) as string[], action: decoded.value ?? {}, isRemoved, version: decoded.version };
}

function valueMac({ id, value }: SyncKey, isRemoved: boolean, sealed: Uint8Array): Buffer {
  const associated = Buffer.concat([Buffer.from([isRemoved ? 2 : 1]), id]);
  const length = Buffer.alloc(8);
  length.writeUInt32BE(associated.length, 4);
  const mac = createHmac("sha512", value).update(associated).update(sealed).update(length).digest();
  return mac.subarray(0, VALUE_MAC_BYTES);
}
