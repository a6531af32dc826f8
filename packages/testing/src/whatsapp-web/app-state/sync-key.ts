import { randomBytes } from "node:crypto";
import { derive, hmac } from "../keys/derive.ts";

/** A key that a phone shares with its linked clients, and the five keys that it stands for. */
export interface SyncKey {
  readonly id: Buffer;
  readonly secret: Buffer;
  /** Milliseconds since the epoch. */
  readonly madeAt: number;
  readonly index: Buffer;
  readonly encryption: Buffer;
  readonly value: Buffer;
  readonly snapshot: Buffer;
  readonly patch: Buffer;
}

/** Makes a phone's key number `epoch`, counted from 1. */
export function syncKey(epoch: number, madeAt: number): SyncKey {
  const secret = randomBytes(32);
  const keys = derive(secret, 160, { info: "WhatsApp Mutation Keys" });
  // the number of the device that made it, two bytes, and the epoch
  const id = Buffer.alloc(6);
  id.writeUInt32BE(epoch, 2);
  const [index, encryption, value, snapshot, patch] = [0, 32, 64, 96, 128].map((from) => keys.subarray(from, from + 32)) as FiveKeys;
  return { id, secret, madeAt, index, encryption, value, snapshot, patch };
}

type FiveKeys = [Buffer, Buffer, Buffer, Buffer, Buffer];

/** What a collection is at a version. */
export function snapshotMac({ snapshot }: SyncKey, hash: Uint8Array, version: number, collection: string): Buffer {
  return hmac(snapshot, hash, uint64(version), Buffer.from(collection));
}

/** What a patch is made of. */
export function patchMac({ patch }: SyncKey, mac: Uint8Array, values: readonly Uint8Array[], version: number, collection: string): Buffer {
  return hmac(patch, mac, ...values, uint64(version), Buffer.from(collection));
}

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}
