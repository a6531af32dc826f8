import { randomInt } from "node:crypto";
import type { Baileys } from "../baileys.ts";

/**
 * The content of a message in the fields of WhatsApp's Protobuf, as a plain object: what Baileys calls `proto.IMessage`. Of the many kinds the
 * commonest have their types here; the others may be written and read all the same.
 */
export interface MessageContent {
  /** A plain text without link preview, quotation or mention. */
  readonly conversation?: string;
  /** A text that has more to it: `contextInfo` with what it answers or mentions, or a preview's fields. */
  readonly extendedTextMessage?: { readonly text?: string; readonly [field: string]: unknown };
  /** A copy for the sender's other devices. */
  readonly deviceSentMessage?: { readonly destinationJid?: string; readonly message?: MessageContent };
  readonly [kind: string]: unknown;
}

const MOST_PADDING = 16;

/** Encodes content, padded with 1 to 16 bytes that each state their number, as every WhatsApp client does. */
export function encodeContent({ proto }: Baileys, content: MessageContent): Buffer {
  const plain = proto.Message.encode(proto.Message.fromObject(content as Record<string, unknown>)).finish();
  const padding = randomInt(1, MOST_PADDING + 1);
  return Buffer.concat([plain, Buffer.alloc(padding, padding)]);
}

/** Decodes padded content. Throws when the padding is wrong. */
export function decodeContent({ proto }: Baileys, padded: Uint8Array): MessageContent {
  const padding = padded.at(-1) ?? 0;
  const isRight = padding > 0 && padding <= MOST_PADDING && padded.subarray(-padding).every((byte) => byte === padding);
  if (!isRight || padding > padded.length) throw new Error("the padding of a message is wrong");
  const message = proto.Message.decode(padded.subarray(0, padded.length - padding));
  return proto.Message.toObject(message, { longs: Number, bytes: Buffer }) as MessageContent;
}

// within the MAC of a session's message, behind which its beginning states two numbers, and within the signature of a group's
const FROM_THE_END = 12;

/** Ciphertext with a bit flipped that its MAC or its signature vouches for. */
export function flipped(ciphertext: Buffer): Buffer {
  const changed = Buffer.from(ciphertext);
  const at = changed.length - FROM_THE_END;
  changed[at] = (changed[at] ?? 0) ^ 1;
  return changed;
}

/** The `type` of a message stanza: what Baileys 7.0.0-rc14 itself writes for the same content. */
export function stanzaType(content: MessageContent): string {
  if (content.reactionMessage !== undefined) return "reaction";
  if (content.pollCreationMessage !== undefined || content.pollCreationMessageV3 !== undefined || content.pollUpdateMessage !== undefined) {
    return "poll";
  }
  return MEDIA.some((kind) => content[kind] !== undefined) ? "media" : "text";
}

const MEDIA = ["imageMessage", "videoMessage", "audioMessage", "documentMessage", "stickerMessage"];
