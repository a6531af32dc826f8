import { isWadeskError, WadeskError } from "../errors/wadesk-error.ts";
import type { EncryptionKey, KeyRing } from "./keys.ts";

/** Seals text so that storage sees nothing of it, and binds it to the place it belongs to. */
export interface Vault {
  /** Compact JWE (`dir`, `A256GCM`); the binding stands in its protected header. */
  seal(text: string, binding: string): Promise<string>;
  /** Rejects with `encryption_key_unknown`, or with `sealed_value_invalid` when the value was changed or moved. */
  open(sealed: string, binding: string): Promise<string>;
  /** Whether it opens, in the place that it is bound to or, where none is given, in any. */
  opens(sealed: string, binding?: string): Promise<boolean>;
  /** Opens with whichever key sealed it, and seals with the first; the binding stays. */
  reseal(sealed: string): Promise<string>;
  /** Whether the first key sealed it. */
  isCurrent(sealed: string): boolean;
}

/** Whether a value does not open with the keys at hand, which another try does not change; a storage that fails is another matter. */
export function doesNotOpen(error: unknown): boolean {
  return isWadeskError(error, "encryption_key_unknown") || isWadeskError(error, "sealed_value_invalid");
}

/** A key of the ring as it seals and opens; made anew with each value it would cost more than what it opens. */
type Usable = (key: EncryptionKey) => Promise<CryptoKey>;

/** Opens a vault over a key ring. jose is loaded on the first use. */
export function createVault(ring: KeyRing): Vault {
  const made = new Map<string, Promise<CryptoKey>>();
  const usable: Usable = ({ id, bytes }) => {
    const known = made.get(id) ?? crypto.subtle.importKey("raw", new Uint8Array(bytes), "AES-GCM", false, ["encrypt", "decrypt"]);
    made.set(id, known);
    return known;
  };
  const vault: Vault = {
    async seal(text, binding) {
      const { CompactEncrypt } = await import("jose/jwe/compact/encrypt");
      // the encoder's bytes may be of another realm than the global, as in jsdom, and jose asks for the global's
      return new CompactEncrypt(new Uint8Array(new TextEncoder().encode(text)))
        .setProtectedHeader({ alg: "dir", enc: "A256GCM", kid: ring.first.id, binding })
        .encrypt(await usable(ring.first));
    },
    async open(sealed, binding) {
      const opened = await decrypt(ring, usable, sealed);
      if (opened.binding !== binding) throw new WadeskError("sealed_value_invalid");
      return opened.text;
    },
    async opens(sealed, binding) {
      const opened = await decrypt(ring, usable, sealed).catch((error: unknown) => {
        if (!doesNotOpen(error)) throw error;
      });
      return opened !== undefined && (binding === undefined || opened.binding === binding);
    },
    async reseal(sealed) {
      const { text, binding } = await decrypt(ring, usable, sealed);
      return vault.seal(text, binding);
    },
    isCurrent: (sealed) => headerOf(sealed).kid === ring.first.id,
  };
  return vault;
}

async function decrypt(ring: KeyRing, usable: Usable, sealed: string): Promise<{ readonly text: string; readonly binding: string }> {
  const { kid, binding } = headerOf(sealed);
  if (kid === undefined || binding === undefined) throw new WadeskError("sealed_value_invalid");
  const key = ring.byId.get(kid);
  if (key === undefined) throw new WadeskError("encryption_key_unknown", { detail: `key ${kid}` });
  const { compactDecrypt } = await import("jose/jwe/compact/decrypt");
  try {
    // the header is authenticated with the text, so once this opens the binding is the one it was sealed with
    const options = { keyManagementAlgorithms: ["dir"], contentEncryptionAlgorithms: ["A256GCM"] };
    const { plaintext } = await compactDecrypt(sealed, await usable(key), options);
    return { text: new TextDecoder().decode(plaintext), binding };
  } catch {
    throw new WadeskError("sealed_value_invalid");
  }
}

function headerOf(sealed: string): { readonly kid?: string; readonly binding?: string } {
  try {
    const [header = ""] = sealed.split(".", 1);
    const parsed: unknown = JSON.parse(atob(header.replaceAll("-", "+").replaceAll("_", "/")));
    return typeof parsed === "object" && parsed !== null ? parsed : {};
  } catch {
    return {};
  }
}
