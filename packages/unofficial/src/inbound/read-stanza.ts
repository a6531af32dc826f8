import type { Baileys, Credentials, WebMessage } from "../baileys/baileys.ts";

/** What is read of Baileys for a stanza. */
export type StanzaReader = Pick<Baileys, "decodeMessageNode" | "unpadRandomMax16" | "cleanMessage" | "proto">;

/** A stanza's attributes, which say whose message it is. */
export type StanzaAttributes = Readonly<Record<string, string>>;

/** A message of a stanza. */
export interface StanzaMessage {
  /** As Baileys hands it over. */
  readonly message: WebMessage;
  /** Whether Baileys hands it over at all. It is not where what it is about names no message. */
  readonly isHandedOver: boolean;
}

/**
 * A message as Baileys hands it over, of the stanza that it came as, and of its plaintext where that can be read. Throws where it is no message.
 *
 * For Baileys 7.0.0-rc14, whose `cleanMessage` throws at a reaction or a vote without a key: Baileys has sent its receipt by then, and says nothing of the
 * message. Here it stays as it was decoded.
 */
export function readStanza(
  baileys: StanzaReader,
  { me }: Pick<Credentials, "me">,
  attrs: StanzaAttributes,
  plaintext: Uint8Array,
): StanzaMessage {
  const message = baileys.decodeMessageNode({ tag: "message", attrs: { ...attrs } }, me?.id ?? "", me?.lid ?? "").fullMessage;
  const body = bodyOf(baileys, plaintext);
  if (body) message.message = body.deviceSentMessage?.message ?? body;
  try {
    baileys.cleanMessage(message, me?.id ?? "", me?.lid ?? "");
    return { message, isHandedOver: true };
  } catch {
    return { message, isHandedOver: false };
  }
}

// of what cannot be read the sender is asked again
function bodyOf({ proto, unpadRandomMax16 }: StanzaReader, plaintext: Uint8Array): WebMessage["message"] {
  try {
    return proto.Message.decode(unpadRandomMax16(plaintext));
  } catch {
    return undefined;
  }
}

/** Which message it is: ids are chosen by senders, so that who sent it where counts too. */
export function nameOfMessage({
  remoteJid,
  participant,
  fromMe,
  id,
}: Pick<WebMessage["key"], "remoteJid" | "participant" | "fromMe" | "id">): string {
  return [remoteJid, participant ?? "", fromMe ? "me" : "", id].join(" ");
}

// what comes beside a message, in a ciphertext of its own too
const BESIDE: readonly string[] = ["senderKeyDistributionMessage", "messageContextInfo"];

/** Whether a message says something, to a person or to the device, beside giving keys for others. */
export function saysSomething({ message }: Pick<WebMessage, "message">): boolean {
  return Object.entries(message ?? {}).some(([name, value]) => value != null && !BESIDE.includes(name));
}

/** What says nothing, as a plaintext: of a message that is through, so that WhatsApp gets its receipt again and nobody hears it twice. */
export function emptyPlaintext(): Uint8Array {
  // one byte of padding, which says so itself
  return Uint8Array.of(1);
}
