import type { OutboundKind } from "@wadesk/core";
import type { ContentExtra } from "@wadesk/core/ports";

/** What WhatsApp Web sends. */
export const CONTENT: ReadonlySet<OutboundKind> = new Set<OutboundKind>([
  "text",
  "image",
  "video",
  "audio",
  "document",
  "sticker",
  "location",
  "contacts",
  "reaction",
  "poll",
  "pin",
  "forward",
  "edit",
  "delete",
]);
/** WhatsApp Web shows none of these that another client has made. */
export const FALLBACKS: ReadonlySet<OutboundKind> = new Set<OutboundKind>(["buttons", "list", "cta_url", "template"]);
/** What its messages can have beside their words. */
export const EXTRAS: ReadonlySet<ContentExtra> = new Set<ContentExtra>(["mentions", "viewOnce"]);
/** A frame or an answered ping comes every half minute, and so does a bridge's heartbeat; 90 seconds without one is silence. */
export const SILENCE_LIMIT_MS = 90_000;

const MIB = 1024 * 1024;

/**
 * How many bytes are brought of a type. WhatsApp's own limit for a file is 2 GB (WhatsApp Help Center, on sending media). Pictures, videos and audios are held to
 * 64 MiB here, since phones compress what they send as such; a larger one goes as a document of another type, e.g. `application/octet-stream`.
 */
export function largest(mimeType: string): number {
  return /^(image|video|audio)\//.test(mimeType) ? 64 * MIB : 2048 * MIB;
}
