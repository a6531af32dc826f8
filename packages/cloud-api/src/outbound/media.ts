import type { InteractiveHeader, MediaContent, MediaReference } from "@wadesk/core";
import type { Checks } from "./checks.ts";

const CAPTION = 1024;
const CAPTIONED: readonly MediaContent["kind"][] = ["image", "video", "document"];

/** A file by Meta's id where there is one, else by its link. */
export function mediaObject(media: MediaReference, field: string, checks: Checks): { id: string } | { link: string } {
  if (media.id !== undefined) {
    checks.that(media.id !== "", `${field}.id`, "must not be empty", "required");
    return { id: media.id };
  }
  const { url = "" } = media;
  checks.link(url, `${field}.url`);
  return { link: url };
}

/** An image, video, audio, document or sticker as Meta takes it. */
export function mediaPayload(content: MediaContent, checks: Checks): object {
  const { kind, caption } = content;
  const captioned = CAPTIONED.includes(kind);
  if (captioned) checks.optional(caption, "caption", CAPTION);
  checks.that(
    captioned || caption === undefined,
    "caption",
    `a message of kind ${kind} has no caption; send the text as its own message`,
    "conflicts",
    { with: "kind" },
  );
  return {
    ...mediaObject(content.media, "media", checks),
    ...(captioned && caption !== undefined && { caption }),
    ...(kind === "document" && content.fileName !== undefined && { filename: content.fileName }),
    ...(kind === "audio" && content.voice === true && { voice: true }),
  };
}

const HEADER = 60;

/** What stands above interactive content. */
export function headerPayload(header: InteractiveHeader, checks: Checks): object {
  if (header.type === "text") {
    checks.text(header.text, "header.text", HEADER);
    return { type: "text", text: header.text };
  }
  const file = mediaObject(header.media, "header.media", checks);
  const named = header.type === "document" && header.fileName !== undefined ? { ...file, filename: header.fileName } : file;
  return { type: header.type, [header.type]: named };
}
