import type { MediaContent } from "@wadesk/core";
import { createContentChecks } from "@wadesk/core/ports";
import type { Body } from "../../baileys/baileys.ts";
import type { FileReference } from "../../files/file-ids.ts";
import type { Writing } from "./outgoing.ts";

const CAPTION = 1024;
const CAPTIONED: readonly MediaContent["kind"][] = ["image", "video", "document"];
const ONCE: readonly MediaContent["kind"][] = ["image", "video", "audio"];

/** A file that is at WhatsApp as a message. Throws `content_invalid` naming each field that is wrong. */
export function writeFile(content: MediaContent, { openFile, now }: Pick<Writing, "openFile" | "now">): Body {
  const { kind, media, caption, fileName, voice = false, viewOnce = false } = content;
  const checks = createContentChecks("WhatsApp");
  const file = media.id === undefined ? undefined : openFile(media.id);
  checks.that(file !== undefined, "media.id", "is no file of this number's; give its url or its data", "not_found");
  checks.that(
    file === undefined || sealedAs(file.kind) === sealedAs(kind),
    "media.id",
    `was brought as ${file?.kind}, and WhatsApp opens it as nothing else; bring it with kind: "${kind}"`,
    "conflicts",
  );
  checks.that(
    caption === undefined || CAPTIONED.includes(kind),
    "caption",
    `a message of kind ${kind} has no caption; send it as text`,
    "conflicts",
    {
      with: "kind",
    },
  );
  if (CAPTIONED.includes(kind)) checks.optional(caption, "caption", CAPTION);
  checks.that(!viewOnce || ONCE.includes(kind), "viewOnce", `a message of kind ${kind} cannot show itself once`, "conflicts", {
    with: "kind",
  });
  checks.done();
  if (file === undefined) return {};
  const mimeType = media.mimeType ?? file.mimeType;
  const fields = {
    ...placeOf(file, now()),
    mimetype: voice && mimeType.startsWith("audio/ogg") ? "audio/ogg; codecs=opus" : mimeType,
    ...(caption !== undefined && { caption }),
    ...(kind === "document" && { fileName: fileName ?? file.fileName ?? "file", title: fileName ?? file.fileName ?? "file" }),
    ...(kind === "audio" && { ptt: voice, ...(voice && content.waveform && { waveform: Uint8Array.from(content.waveform) }) }),
    ...(kind === "sticker" && { isAnimated: content.animated === true }),
    ...((kind === "audio" || kind === "video") && content.seconds !== undefined && { seconds: Math.round(content.seconds) }),
    ...(kind !== "audio" && content.thumbnail !== undefined && { jpegThumbnail: bytesOf(content.thumbnail) }),
    ...(kind !== "audio" && kind !== "document" && content.width !== undefined && { width: content.width }),
    ...(kind !== "audio" && kind !== "document" && content.height !== undefined && { height: content.height }),
    ...(viewOnce && { viewOnce }),
  };
  return { [`${kind}Message`]: fields };
}

/** WhatsApp derives a file's keys from what it is, and those of pictures and stickers are alike. */
function sealedAs(kind: MediaContent["kind"]): string {
  return kind === "sticker" ? "image" : kind;
}

function placeOf({ path, host, mediaKey, sha256, sealedSha256, size }: FileReference, now: number): object {
  return {
    url: `https://${host ?? "mmg.whatsapp.net"}${path}`,
    directPath: path,
    mediaKey: bytesOf(mediaKey),
    fileSha256: bytesOf(sha256),
    fileEncSha256: bytesOf(sealedSha256),
    fileLength: size,
    mediaKeyTimestamp: Math.floor(now / 1000),
  };
}

function bytesOf(base64: string): Uint8Array {
  return new Uint8Array(Buffer.from(base64, "base64"));
}
