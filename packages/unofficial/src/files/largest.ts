const MIB = 1024 * 1024;

/**
 * How many bytes are brought of a type. WhatsApp's own limit for a file is 2 GB (WhatsApp Help Center, on sending media). Pictures, videos and audios are held to
 * 64 MiB here, since phones compress what they send as such; a larger one goes as a document of another type, e.g. `application/octet-stream`.
 */
export function largest(mimeType: string): number {
  return /^(image|video|audio)\//.test(mimeType) ? 64 * MIB : 2048 * MIB;
}
