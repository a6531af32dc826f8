import { WadeskError } from "@wadesk/core";
import type { Credentials } from "../baileys/baileys.ts";
import { readJid } from "../numbers/jid.ts";
import { isBytes, isCoded, isPair, type Part } from "./parts.ts";
import { cutCredentials, damagedCredentials, unusable } from "./refusals.ts";
import { NO_JSON, readStored } from "./stored-value.ts";

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
const isText = (value: unknown): boolean => typeof value === "string" && value !== "";

// what a login and each message need; the rest Baileys makes anew
const PARTS: readonly Part[] = [
  ["noiseKey", isPair, "is no pair of keys"],
  ["signedIdentityKey", isPair, "is no pair of keys"],
  ["signedPreKey.keyPair", isPair, "is no pair of keys"],
  ["signedPreKey.signature", (value) => isBytes(value, 64), "is no signature"],
  ["signedPreKey.keyId", isCount, "is no number"],
  ["registrationId", isCount, "is no number"],
  ["advSecretKey", isText, "is no text"],
  ["nextPreKeyId", isCount, "is no number"],
  ["firstUnuploadedPreKeyId", isCount, "is no number"],
  ["account.details", (value) => isCoded(value), "is not there"],
  ["account.accountSignature", (value) => isCoded(value, 64), "is no signature"],
  ["account.deviceSignature", (value) => isCoded(value, 64), "is no signature"],
];

/**
 * Reads the credentials of a device that another program has linked. What they lack that a login does not need comes from `fresh`. Rejects with
 * `input_invalid`, naming the part, and with `pair_failed` where no phone was ever linked.
 */
export function readCredentials(value: unknown, fresh: Credentials): Credentials {
  const read = readStored(value);
  if (read === undefined || read === null) throw unusable("session.creds", "required", "are missing; without them there is no session");
  if (read === NO_JSON) throw cutCredentials();
  if (typeof read !== "object" || Array.isArray(read)) throw damagedCredentials("this", "is no object");
  const given = read as Readonly<Record<string, unknown>>;
  // signed by WhatsApp when a phone takes a device; `registered` and `me` say nothing of it
  if (!given.account) {
    const detail = "no phone has ever been linked to this session, since creds.account is missing: connect with phone and scan a QR";
    throw new WadeskError("pair_failed", { detail });
  }
  for (const [part, isSound, message] of PARTS) if (!isSound(valueAt(given, part))) throw damagedCredentials(part, message);
  phoneOf(given);
  const { processedHistoryMessages: history, accountSettings, ...rest } = given;
  return {
    ...fresh,
    ...rest,
    ...(Array.isArray(history) && { processedHistoryMessages: history }),
    ...(typeof accountSettings === "object" && accountSettings !== null && { accountSettings }),
  } as Credentials;
}

/** The number that credentials are of, E.164 with the plus. Throws `input_invalid` where they name none. */
export function phoneOf({ me }: { readonly me?: unknown }): string {
  const id = valueAt({ me }, "me.id");
  const jid = readJid(typeof id === "string" ? id : undefined);
  if (jid?.server !== "s.whatsapp.net") throw damagedCredentials("me.id", "names no number");
  return `+${jid.user}`;
}

function valueAt(value: unknown, place: string): unknown {
  return place
    .split(".")
    .reduce<unknown>((at, name) => (typeof at === "object" && at !== null ? (at as Record<string, unknown>)[name] : undefined), value);
}
