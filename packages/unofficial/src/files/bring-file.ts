import { Readable } from "node:stream";
import type { ReadableStream as NodeStream } from "node:stream/web";
import { WadeskError } from "@wadesk/core";
import type { MediaWork, OutgoingMedia } from "@wadesk/core/ports";
import type { Baileys, BaileysLogger, Body, Socket } from "../baileys/baileys.ts";
import type { FileReference } from "./file-ids.ts";

type Kind = FileReference["kind"];

/** What brings a file. */
export interface BringFile {
  readonly baileys: Pick<Baileys, "prepareWAMessageMedia">;
  readonly socket: Pick<Socket, "waUploadToServer">;
  readonly logger: BaileysLogger;
}

/**
 * Seals a file and brings it to WhatsApp. It is read as a stream and lies sealed in the folder for temporary files until it is there, since WhatsApp is told its
 * hash first. No thumbnail is made, and no program run for one. Rejects with `media_unavailable` where WhatsApp does not take it.
 */
export async function bringFile(file: OutgoingMedia, { signal }: Pick<MediaWork, "signal">, parts: BringFile): Promise<FileReference> {
  const { stream, mimeType, fileName } = file;
  const kind = file.kind ?? kindOf(mimeType);
  // what is given stands in the place of what Baileys would make or measure with programs of others
  const made = { jpegThumbnail: "", seconds: 0, waveform: new Uint8Array() };
  const given = { [kind]: { stream: Readable.fromWeb(stream as NodeStream<Uint8Array>) }, mimetype: mimeType, ...made };
  const { waUploadToServer: upload } = parts.socket;
  let body: Body;
  try {
    body = await parts.baileys.prepareWAMessageMedia(given as unknown as Parameters<Baileys["prepareWAMessageMedia"]>[0], {
      upload,
      logger: parts.logger,
    });
  } catch {
    signal.throwIfAborted();
    throw new WadeskError("media_unavailable", { detail: "WhatsApp did not take the file" });
  }
  const fields = (body as Readonly<Record<string, Partial<NonNullable<Body["imageMessage"]>>>>)[`${kind}Message`] ?? {};
  const { directPath, mediaKey, fileSha256, fileEncSha256, fileLength } = fields;
  if (!directPath || !mediaKey || !fileSha256 || !fileEncSha256)
    throw new WadeskError("media_unavailable", { detail: "WhatsApp did not say where the file lies" });
  return {
    kind,
    path: directPath,
    mediaKey: base64(mediaKey),
    sha256: base64(fileSha256),
    sealedSha256: base64(fileEncSha256),
    size: Number(fileLength ?? 0),
    mimeType,
    ...(fileName !== undefined && { fileName }),
  };
}

/** What a file of a type is sent as where nobody says. */
function kindOf(mimeType: string): Kind {
  const [family] = mimeType.split("/");
  if (mimeType.startsWith("image/webp")) return "sticker";
  return family === "image" || family === "video" || family === "audio" ? family : "document";
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}
