import type { MediaContent } from "@wadesk/core";
import type { Body } from "../../baileys/baileys.ts";
import type { FileReference } from "../../files/file-ids.ts";

/** Where a file stands in a message, and what it is. */
const FILES = [
  ["imageMessage", "image"],
  ["videoMessage", "video"],
  ["ptvMessage", "video"],
  ["audioMessage", "audio"],
  ["documentMessage", "document"],
  ["stickerMessage", "sticker"],
] as const;

/** Gives a file its id. */
export type SealFile = (file: FileReference) => string;

/** The file of a message as content; nothing where it has none, or one that nobody can fetch. `of` is the message it came in. */
export function readFile(body: Body, of: FileReference["message"], seal: SealFile): MediaContent | undefined {
  for (const [field, kind] of FILES) {
    const file = body[field];
    if (file) return contentOf(file, kind, of, seal);
  }
  return undefined;
}

type File = NonNullable<
  Body["imageMessage"] & Body["videoMessage"] & Body["audioMessage"] & Body["documentMessage"] & Body["stickerMessage"]
>;

function contentOf(given: object, kind: MediaContent["kind"], of: FileReference["message"], seal: SealFile): MediaContent | undefined {
  // each kind has its own of these fields
  const file = given as Partial<File>;
  const { directPath, mediaKey, fileSha256, fileEncSha256 } = file;
  if (!directPath || !mediaKey?.length || !fileSha256?.length || !fileEncSha256?.length) return undefined;
  const mimeType = file.mimetype || "application/octet-stream";
  const host = hostOf(file.url);
  const fileName = kind === "document" ? file.fileName || undefined : undefined;
  const reference: FileReference = {
    kind,
    path: directPath,
    ...(host !== undefined && { host }),
    mediaKey: base64(mediaKey),
    sha256: base64(fileSha256),
    sealedSha256: base64(fileEncSha256),
    size: Number(file.fileLength ?? 0),
    mimeType,
    ...(fileName !== undefined && { fileName }),
    ...(of && { message: of }),
  };
  return {
    kind,
    media: { id: seal(reference), mimeType, sha256: Buffer.from(fileSha256).toString("hex") },
    ...(file.caption && { caption: file.caption }),
    ...(fileName !== undefined && { fileName }),
    ...(kind === "audio" && file.ptt && { voice: true }),
    ...(kind === "sticker" && file.isAnimated && { animated: true }),
    ...(file.jpegThumbnail?.length && { thumbnail: base64(file.jpegThumbnail) }),
    ...(file.seconds && { seconds: file.seconds }),
    ...(kind === "audio" && file.waveform?.length && { waveform: [...file.waveform] }),
    ...(file.width && { width: file.width }),
    ...(file.height && { height: file.height }),
  };
}

/** The host of an address where it is one of WhatsApp's. */
function hostOf(url: string | null | undefined): string | undefined {
  if (!url || !URL.canParse(url)) return undefined;
  const { host, protocol } = new URL(url);
  return protocol === "https:" && host.endsWith(".whatsapp.net") ? host : undefined;
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}
