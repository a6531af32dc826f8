import { pbkdf2, randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { derive } from "../keys/derive.ts";
import { type KeyPair, keyPair } from "../keys/key-pair.ts";
import { applyCtr, openGcm } from "../keys/seal.ts";

/** The phone's side of linking by a code of eight characters, which the person reads off the companion. */
export interface LinkCodeExchange {
  /** The phone's ephemeral key under the code: the answer to the companion's hello. */
  readonly wrapped: Buffer;
  /** Opens the companion's last message and answers the ADV secret. Throws when the code was another one or the keys are not the expected ones. */
  finish(bundle: Uint8Array, companionIdentity: Uint8Array): Buffer;
}

// `Chrome (Acme)` was answered with 400 on 2026-08-12, `Chrome (Windows)` accepted (Baileys#2769); the names are those that WhatsApp Web itself reads out
// of a browser (whatsapp-rust, wacore/src/companion_reg.rs), and two distributions that were seen accepted there
const BROWSERS = ["Chrome", "Chromium", "Edge", "Firefox", "IE", "Opera", "Safari", "Android"];
const SYSTEMS = ["Windows", "Mac OS", "Linux", "Ubuntu", "Fedora", "Android", "iOS"];

/** Whether WhatsApp takes what a client calls itself when it asks for a code: `<browser> (<system>)`, both of them real. */
export function isPlatform(display: string): boolean {
  const [, browser = "", system = ""] = /^([^()]+) \(([^()]+)\)$/.exec(display) ?? [];
  return BROWSERS.includes(browser) && SYSTEMS.includes(system);
}

// 2 << 16, as Baileys 7.0.0-rc14 derives it
const ROUNDS = 131_072;
const stretch = promisify(pbkdf2);

/** Begins with the companion's wrapped ephemeral key: 32 bytes of salt, 16 of IV, the key in AES-CTR under the code. */
export async function linkCodeExchange(code: string, identity: KeyPair, wrappedCompanionKey: Uint8Array): Promise<LinkCodeExchange> {
  const theirs = Buffer.from(wrappedCompanionKey);
  const companionKey = applyCtr(await codeKey(code, theirs.subarray(0, 32)), theirs.subarray(32, 48), theirs.subarray(48, 80));
  const ephemeral = keyPair();
  const [salt, iv] = [randomBytes(32), randomBytes(16)];
  return {
    wrapped: Buffer.concat([salt, iv, applyCtr(await codeKey(code, salt), iv, ephemeral.public)]),
    finish: (bundle, companionIdentity) => {
      const sealed = Buffer.from(bundle);
      const shared = ephemeral.agree(companionKey);
      const key = derive(shared, 32, { salt: sealed.subarray(0, 32), info: "link_code_pairing_key_bundle_encryption_key" });
      const opened = openBundle(key, sealed);
      const [companion, primary, random] = [opened.subarray(0, 32), opened.subarray(32, 64), opened.subarray(64, 96)];
      if (!companion.equals(companionIdentity) || !primary.equals(identity.public)) throw new Error("the code links other devices");
      return derive(Buffer.concat([shared, identity.agree(companionIdentity), random]), 32, { info: "adv_secret" });
    },
  };
}

function openBundle(key: Buffer, sealed: Buffer): Buffer {
  try {
    return openGcm(key, sealed.subarray(32, 44), sealed.subarray(44));
  } catch (cause) {
    throw new Error("the code is wrong", { cause });
  }
}

function codeKey(code: string, salt: Uint8Array): Promise<Buffer> {
  return stretch(code, salt, ROUNDS, 32, "sha256");
}
