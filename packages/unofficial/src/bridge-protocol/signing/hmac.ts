import { base64Of } from "./digest.ts";

/** A signature as Standard Webhooks write one: `v1,<base64 of the HMAC-SHA256>`. The key is the secret's UTF-8 bytes. */
export async function signatureOf(secret: string, text: string): Promise<string> {
  const bytes = new TextEncoder();
  const key = await crypto.subtle.importKey("raw", bytes.encode(secret), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return `v1,${base64Of(new Uint8Array(await crypto.subtle.sign("HMAC", key, bytes.encode(text))))}`;
}

/** Compares in a time that depends on the lengths alone. */
export function isSameText(left: string, right: string): boolean {
  if (left.length !== right.length) return false;
  let difference = 0;
  for (let index = 0; index < left.length; index += 1) difference |= left.charCodeAt(index) ^ right.charCodeAt(index);
  return difference === 0;
}
