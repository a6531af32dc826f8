import { WadeskError } from "../errors/wadesk-error.ts";
import { builtinModule } from "../fields/builtin-module.ts";

type NodeCrypto = typeof import("node:crypto");

/** Seals and opens the values of one connection's records: a nonce of 12 bytes, the ciphertext, a tag of 16, by AES-256-GCM. */
export interface RecordCipher {
  /** The name of the record is bound too, so that one cannot be put in another's place. */
  seal(name: string, value: Uint8Array): Promise<Uint8Array>;
  /** Rejects with `sealed_value_invalid`. */
  open(name: string, sealed: Uint8Array): Promise<Uint8Array>;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** What is larger is sealed by WebCrypto's threads, so that it holds up nothing else. */
const SMALL_BYTES = 65_536;

/** Whether Node's own says the same as WebCrypto here: asked once, since each session that is opened has a key. */
const tried = new WeakMap<NodeCrypto, Promise<boolean>>();

/** Makes the cipher of a key of 32 bytes. */
export async function recordCipher(key: Uint8Array): Promise<RecordCipher> {
  const node = await usableNode();
  if (node === undefined) return webCipher(key);
  const small = cipherOf(node, key);
  let large: Promise<RecordCipher> | undefined;
  const cipherFor = async ({ byteLength }: Uint8Array): Promise<RecordCipher> => {
    if (byteLength <= SMALL_BYTES) return small;
    large ??= webCipher(key);
    return large;
  };
  return {
    seal: async (name, value) => (await cipherFor(value)).seal(name, value),
    open: async (name, sealed) => (await cipherFor(sealed)).open(name, sealed),
  };
}

/**
 * A channel keeps many small values. WebCrypto hands each to a thread, which takes ten times as long as the work itself and a turn of the event loop; Node's own
 * does it at once. Only where the runtime has it, and where it says the same.
 */
async function usableNode(): Promise<NodeCrypto | undefined> {
  const node = builtinModule("node:crypto");
  if (node === undefined) return undefined;
  const answer = tried.get(node) ?? saysTheSame(node);
  tried.set(node, answer);
  return (await answer) ? node : undefined;
}

async function saysTheSame(node: NodeCrypto): Promise<boolean> {
  const sample = crypto.getRandomValues(new Uint8Array(32));
  try {
    const [own, web] = [cipherOf(node, sample), await webCipher(sample)];
    // what opens is what was sealed: the tag says so
    await web.open("sample", await own.seal("sample", sample));
    await own.open("sample", await web.seal("sample", sample));
    return true;
  } catch {
    // a runtime that has the module's name alone
    return false;
  }
}

function cipherOf({ createCipheriv, createDecipheriv, createSecretKey }: NodeCrypto, bytes: Uint8Array): RecordCipher {
  const key = createSecretKey(bytes);
  return {
    async seal(name, value) {
      const nonce = freshNonce();
      const cipher = createCipheriv("aes-256-gcm", key, nonce);
      cipher.setAAD(new TextEncoder().encode(name));
      const sealed = cipher.update(new Uint8Array(value));
      cipher.final();
      return joined(nonce, sealed, cipher.getAuthTag());
    },
    async open(name, sealed) {
      const end = sealed.byteLength - TAG_BYTES;
      if (end < NONCE_BYTES) throw new WadeskError("sealed_value_invalid");
      const copy = new Uint8Array(sealed);
      const decipher = createDecipheriv("aes-256-gcm", key, copy.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
      decipher.setAAD(new TextEncoder().encode(name));
      decipher.setAuthTag(copy.subarray(end));
      const opened = decipher.update(copy.subarray(NONCE_BYTES, end));
      try {
        decipher.final();
      } catch {
        throw new WadeskError("sealed_value_invalid");
      }
      // a value of its own, and no part of Node's pool that others write to
      return new Uint8Array(opened);
    },
  };
}

async function webCipher(bytes: Uint8Array): Promise<RecordCipher> {
  const key = await crypto.subtle.importKey("raw", new Uint8Array(bytes), "AES-GCM", false, ["encrypt", "decrypt"]);
  const parameters = (nonce: Uint8Array<ArrayBuffer>, name: string): AesGcmParams => ({
    name: "AES-GCM",
    iv: nonce,
    additionalData: new TextEncoder().encode(name),
  });
  return {
    async seal(name, value) {
      const nonce = freshNonce();
      return joined(nonce, new Uint8Array(await crypto.subtle.encrypt(parameters(nonce, name), key, new Uint8Array(value))));
    },
    async open(name, sealed) {
      const copy = new Uint8Array(sealed);
      try {
        return new Uint8Array(await crypto.subtle.decrypt(parameters(copy.slice(0, NONCE_BYTES), name), key, copy.slice(NONCE_BYTES)));
      } catch {
        throw new WadeskError("sealed_value_invalid");
      }
    },
  };
}

function freshNonce(): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}
