const MEGABYTE = 1024 * 1024;

/**
 * The most bytes that Meta takes of a MIME type: of what it shows as a picture, a film, a sound or a sticker less than of a document. A sticker that
 * stands still may have 100 KB only, which its type does not tell.
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media#supported-media-types
 */
export function largest(mimeType: string): number {
  const [type = ""] = mimeType.toLowerCase().split(";");
  const name = type.trim();
  if (name === "image/webp") return 500 * 1024;
  if (name.startsWith("image/")) return 5 * MEGABYTE;
  return name.startsWith("video/") || name.startsWith("audio/") ? 16 * MEGABYTE : 100 * MEGABYTE;
}
