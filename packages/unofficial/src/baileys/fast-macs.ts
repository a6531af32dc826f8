import * as nodeCrypto from "node:crypto";
import { createRequire } from "node:module";
import type { Logger } from "@wadesk/core";

/** Those of libsignal's functions that it reads anew at each call, and that make codes by HMAC-SHA-256. */
interface SignalCrypto {
  calculateMAC(key: Buffer, data: Buffer): Buffer;
  verifyMAC(data: Buffer, key: Buffer, mac: Buffer, length: number): void;
  /** HKDF with SHA-256 (RFC 5869): `chunks` keys of 32 bytes, 3 where that is not given. */
  deriveSecrets(input: Buffer, salt: Buffer, info: Buffer, chunks?: number): Buffer[];
}

// on the copy itself, where another copy of this package finds it
const QUICKENED = Symbol.for("@wadesk/unofficial fast macs");
const BLOCK_BYTES = 64;
const MAC_BYTES = 32;
const MOST_CHUNKS = 3;

/**
 * For libsignal 6.0.0, which makes up to eight codes for each device that a message is encrypted for, by `createHmac`: that looks into the key as one of many kinds before it
 * hashes a block or two, and takes five times as long as two hashes by `hash` of Node 20.12 and newer. Replaces the three functions of the copy below the Baileys whose path is
 * given that make codes, once for each copy in a process, after they were tried against the original. Answers whether they are in force; where they differ everything is as it was, and one
 * warning says which copy was found. On an older Node nothing is done, and nothing said.
 */
export function quickenMacs(pathOf: () => string, log: Logger): boolean {
  if (typeof Reflect.get(nodeCrypto, "hash") !== "function") return false;
  let place = "none";
  try {
    const path = pathOf();
    place = path;
    const below = createRequire(path);
    place = below.resolve("libsignal/src/crypto.js");
    const crypto = below("libsignal/src/crypto.js") as SignalCrypto;
    if (Reflect.get(crypto, QUICKENED) === true) return true;
    const original: SignalCrypto = { calculateMAC: crypto.calculateMAC, verifyMAC: crypto.verifyMAC, deriveSecrets: crypto.deriveSecrets };
    const fast = fasterThan(original);
    if (!doTheSame(original, fast)) throw new Error("its codes differ from those that are known");
    Object.assign(crypto, fast);
    Object.defineProperty(crypto, QUICKENED, { value: true });
    return true;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    log.warn(
      { copy: place, reason },
      "messages are encrypted as slowly as Baileys does it; set fastCurves: false to leave this copy alone",
    );
    return false;
  }
}

/** HMAC-SHA-256 of RFC 2104, by two hashes. */
export function macOf(key: Uint8Array, data: Uint8Array): Buffer {
  const short = key.length > BLOCK_BYTES ? sha256(key) : key;
  const inner = Buffer.alloc(BLOCK_BYTES + data.length, 0x36);
  const outer = Buffer.alloc(BLOCK_BYTES + MAC_BYTES, 0x5c);
  for (const [index, byte] of short.entries()) {
    inner[index] = byte ^ 0x36;
    outer[index] = byte ^ 0x5c;
  }
  inner.set(data, BLOCK_BYTES);
  outer.set(sha256(inner), BLOCK_BYTES);
  return sha256(outer);
}

function sha256(bytes: Uint8Array): Buffer {
  return nodeCrypto.hash("sha256", bytes, "buffer");
}

// what there is no fast way for goes the old one, and fails as it did
function fasterThan(original: SignalCrypto): SignalCrypto {
  return {
    calculateMAC: (key, data) => (Buffer.isBuffer(key) && Buffer.isBuffer(data) ? macOf(key, data) : original.calculateMAC(key, data)),
    verifyMAC(data, key, mac, length) {
      const isKnown = [data, key, mac].every((each) => Buffer.isBuffer(each)) && length <= MAC_BYTES && mac.length === length;
      if (isKnown && nodeCrypto.timingSafeEqual(macOf(key, data).subarray(0, length), mac)) return;
      original.verifyMAC(data, key, mac, length);
    },
    deriveSecrets(input, salt, info, chunks = MOST_CHUNKS) {
      const isKnown = [input, salt, info].every((each) => Buffer.isBuffer(each)) && salt.length === MAC_BYTES;
      if (!isKnown || ![1, 2, 3].includes(chunks)) return original.deriveSecrets(input, salt, info, chunks);
      const key = macOf(salt, input);
      const secrets: Buffer[] = [];
      for (let place = 1; place <= chunks; place += 1)
        secrets.push(macOf(key, Buffer.concat([secrets.at(-1) ?? Buffer.alloc(0), info, Buffer.of(place)])));
      return secrets;
    },
  };
}

/** What they are tried with: keys shorter than a block, as long, and longer, and no data. */
const LENGTHS = [0, 1, MAC_BYTES, BLOCK_BYTES, BLOCK_BYTES + 1, 200] as const;

function doTheSame(original: SignalCrypto, fast: SignalCrypto): boolean {
  const bytes = (length: number, first: number): Buffer =>
    Buffer.from(Array.from({ length }, (_unused, index) => (first + 7 * index) & 255));
  const sameCodes = LENGTHS.every((keyLength) =>
    LENGTHS.every((length) => {
      const [key, data] = [bytes(keyLength, 3), bytes(length, 5)];
      return original.calculateMAC(key, data).equals(fast.calculateMAC(key, data));
    }),
  );
  const sameSecrets = [1, 2, 3, undefined].every((chunks) => {
    const [ours, theirs] = [fast, original].map((each) => each.deriveSecrets(bytes(40, 1), bytes(MAC_BYTES, 2), bytes(11, 4), chunks));
    return ours?.length === theirs?.length && ours?.every((each, index) => theirs?.[index]?.equals(each)) === true;
  });
  const [key, data] = [bytes(MAC_BYTES, 9), bytes(50, 8)];
  const genuine = macOf(key, data).subarray(0, 8);
  const forged = Buffer.from(genuine.map((byte, index) => (index === 3 ? byte ^ 1 : byte)));
  const takes = ({ verifyMAC }: SignalCrypto, mac: Buffer): boolean => {
    try {
      verifyMAC(data, key, mac, 8);
      return true;
    } catch {
      return false;
    }
  };
  const sameVerdicts = [original, fast].every((each) => takes(each, genuine) && !takes(each, forged));
  return sameCodes && sameSecrets && sameVerdicts;
}
