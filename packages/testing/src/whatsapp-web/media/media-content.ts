import type { MessageContent } from "../delivery/message-content.ts";
import type { MediaKind, MediaReference } from "./sealed-media.ts";

/** A file that a phone sends. */
export interface PhoneMedia {
  /** Under which content of a message it goes, e.g. `imageMessage`. */
  readonly kind: "image" | "video" | "audio" | "document" | "sticker";
  /** As the person has them: the phone encrypts and uploads them. */
  readonly bytes: Uint8Array;
  /** One that fits the kind where absent. */
  readonly mimetype?: string;
  /** The words below it; none where absent. */
  readonly caption?: string;
  /** What a document is called; of other kinds clients show none. */
  readonly fileName?: string;
  /** Makes audio a voice message. */
  readonly isVoice?: boolean;
}

/** The file of a message. */
export interface FoundMedia {
  readonly kind: MediaKind;
  readonly reference: MediaReference;
}

const MIMETYPES: Readonly<Record<PhoneMedia["kind"], string>> = {
  image: "image/jpeg",
  video: "video/mp4",
  audio: "audio/ogg; codecs=opus",
  document: "application/octet-stream",
  sticker: "image/webp",
};

const KINDS: Readonly<Record<string, MediaKind>> = {
  imageMessage: "image",
  videoMessage: "video",
  ptvMessage: "video",
  audioMessage: "audio",
  documentMessage: "document",
  stickerMessage: "sticker",
};

/** Finds the file of a message, also of one that disappears, shows itself once or is a document with a caption. */
export function mediaOf(content: MessageContent): FoundMedia | undefined {
  for (const [field, value] of Object.entries(content)) {
    const kind = KINDS[field];
    if (kind !== undefined) return { kind, reference: value as MediaReference };
    const inside = (value as { readonly message?: MessageContent } | null)?.message;
    const found = typeof inside === "object" ? mediaOf(inside) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The content of a message with a file that is on the media host. */
export function mediaContent(media: PhoneMedia, reference: MediaReference & { readonly url: string }, seconds: number): MessageContent {
  const { kind, mimetype = MIMETYPES[kind], caption, fileName, isVoice } = media;
  const fields = { ...reference, mimetype, mediaKeyTimestamp: seconds, caption, fileName, ptt: isVoice };
  return { [`${kind}Message`]: Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) };
}
