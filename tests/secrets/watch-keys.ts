import crypto from "node:crypto";
import { syncBuiltinESMExports } from "node:module";

/**
 * Tells every key that anything in this process makes or works with: the pairs of every client, phone and handshake, the chain and message keys of every
 * ratchet, and what WaDesk's vault seals. Call it before anything else is loaded.
 */
export function watchKeys(tell: (key: Uint8Array) => void): void {
  const { createPrivateKey, generateKeyPairSync, createHmac, createCipheriv, createDecipheriv } = crypto;
  const ifBytes = (key: unknown): void => {
    if (key instanceof Uint8Array) tell(key);
  };
  // the key itself ends its DER
  const ofDer = (der: unknown): void => {
    if (der instanceof Uint8Array) tell(der.subarray(-KEY_BYTES));
  };
  const watching = {
    createPrivateKey(...[input]: Parameters<typeof createPrivateKey>) {
      if (typeof input === "object" && "key" in input) ofDer(input.key);
      return createPrivateKey(input);
    },
    generateKeyPairSync(...given: Parameters<typeof generateKeyPairSync>) {
      const pair = generateKeyPairSync(...given);
      ofDer(pair.privateKey);
      return pair;
    },
    createHmac(...given: Parameters<typeof createHmac>) {
      ifBytes(given[1]);
      return createHmac(...given);
    },
    createCipheriv(...given: Parameters<typeof createCipheriv>) {
      ifBytes(given[1]);
      return createCipheriv(...given);
    },
    createDecipheriv(...given: Parameters<typeof createDecipheriv>) {
      ifBytes(given[1]);
      return createDecipheriv(...given);
    },
  };
  Object.assign(crypto, watching);
  syncBuiltinESMExports();

  const { subtle } = globalThis.crypto;
  const { encrypt } = subtle;
  subtle.encrypt = (...given) => {
    const [, , data] = given;
    if (data instanceof Uint8Array) for (const bytes of bytesWithin(data)) tell(bytes);
    return encrypt.apply(subtle, given);
  };
}

const KEY_BYTES = 32;

// what a linked device keeps is JSON, with its bytes in base64
function bytesWithin(sealed: Uint8Array): readonly Uint8Array[] {
  const text = Buffer.from(sealed).toString("latin1");
  if (!/^[[{"]/.test(text)) return [sealed];
  return [...text.matchAll(/"([\w+/-]{43,44}={0,2})"/g)].map(([, base64 = ""]) => Buffer.from(base64, "base64"));
}
