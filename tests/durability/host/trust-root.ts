import { WA_CERT_DETAILS } from "@whiskeysockets/baileys";

/** Has this process trust the certificates of a WhatsApp Web server in another one, by its root's key in hexadecimal digits. */
export function trustRoot(rootKey: string): void {
  WA_CERT_DETAILS.PUBLIC_KEY.set(Buffer.from(rootKey, "hex"));
}
