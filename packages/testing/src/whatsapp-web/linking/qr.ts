/** What a client shows to be linked. */
export interface QrContent {
  /** The reference that the server gave to the client's connection. */
  readonly ref: string;
  readonly staticKey: Buffer;
  readonly identityKey: Buffer;
  /** The secret that the phone proves to know, 32 bytes. */
  readonly advSecret: Buffer;
}

/**
 * Reads a QR code's text: five fields with commas between them, the fifth being the platform, behind `https://wa.me/settings/linked_devices#` as
 * Baileys 7.0.0-rc14 writes it or alone as older clients do. Throws when it is none.
 */
export function readQr(text: string): QrContent {
  const [ref = "", staticKey = "", identityKey = "", advSecret = ""] = text
    .trim()
    .slice(text.trim().indexOf("#") + 1)
    .split(",");
  const keys = [staticKey, identityKey, advSecret].map((each) => Buffer.from(each, "base64"));
  if (ref === "" || keys.some((key) => key.length !== 32)) throw new Error("this is not a QR code of WhatsApp Web");
  const [first, second, third] = keys as [Buffer, Buffer, Buffer];
  return { ref, staticKey: first, identityKey: second, advSecret: third };
}
