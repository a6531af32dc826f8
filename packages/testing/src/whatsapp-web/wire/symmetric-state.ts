import { createSecretKey } from "node:crypto";
import { derive, sha256 } from "../keys/derive.ts";
import { openGcm, sealGcm } from "../keys/seal.ts";

/** Seals or opens one direction of a channel; every call uses the next nonce. */
export interface CipherState {
  seal(plain: Uint8Array, associated?: Uint8Array): Buffer;
  /** Throws when the bytes were not sealed with this key as the next ones. */
  open(sealed: Uint8Array, associated?: Uint8Array): Buffer;
}

/** The symmetric state of the Noise specification (revision 34, section 5.2) for AES-GCM and SHA-256. */
export interface SymmetricState {
  /** The handshake hash so far, 32 bytes. */
  readonly hash: Buffer;
  mixHash(data: Uint8Array): void;
  mixKey(secret: Uint8Array): void;
  /** Plain text passes unchanged until the first `mixKey`. */
  sealAndHash(plain: Uint8Array): Buffer;
  openAndHash(sealed: Uint8Array): Buffer;
  /** The ciphers of the transport: the initiator's first, then the responder's. */
  split(): readonly [initiator: CipherState, responder: CipherState];
}

/** Begins a handshake under a protocol name. */
export function symmetricState(protocolName: string): SymmetricState {
  const name = Buffer.from(protocolName);
  let hash: Buffer = name.length <= 32 ? Buffer.concat([name, Buffer.alloc(32 - name.length)]) : sha256(name);
  let chaining = hash;
  let cipher: CipherState | undefined;

  const mixHash = (data: Uint8Array): void => {
    hash = sha256(hash, data);
  };
  const expand = (secret: Uint8Array): readonly [Buffer, Buffer] => {
    const keys = derive(secret, 64, { salt: chaining });
    return [keys.subarray(0, 32), keys.subarray(32)];
  };
  return {
    get hash() {
      return hash;
    },
    mixHash,
    mixKey: (secret) => {
      const [next, key] = expand(secret);
      chaining = next;
      cipher = cipherState(key);
    },
    sealAndHash: (plain) => {
      const sealed = cipher?.seal(plain, hash) ?? Buffer.from(plain);
      mixHash(sealed);
      return sealed;
    },
    openAndHash: (sealed) => {
      const plain = cipher?.open(sealed, hash) ?? Buffer.from(sealed);
      mixHash(sealed);
      return plain;
    },
    split: () => {
      const [initiator, responder] = expand(Buffer.alloc(0));
      return [cipherState(initiator), cipherState(responder)];
    },
  };
}

function cipherState(bytes: Uint8Array): CipherState {
  const key = createSecretKey(bytes);
  let count = 0n;
  const nonce = (): Buffer => {
    const bytes = Buffer.alloc(12);
    bytes.writeBigUInt64BE(count, 4);
    count += 1n;
    return bytes;
  };
  return {
    seal: (plain, associated) => sealGcm(key, nonce(), plain, associated),
    open: (sealed, associated) => openGcm(key, nonce(), sealed, associated),
  };
}
