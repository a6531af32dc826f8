/** The digest of a body as the header `Content-Digest` has it: `sha-256=:<base64>:` (RFC 9530). */
export async function digestOf(body: Uint8Array): Promise<string> {
  // no request's body lies in memory that is shared
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", body as Uint8Array<ArrayBuffer>));
  return `sha-256=:${base64Of(digest)}:`;
}

/** Whether a text is such a digest and nothing else. */
export function isDigest(text: string): boolean {
  return /^sha-256=:[A-Za-z0-9+/]{43}=:$/.test(text);
}

/** Bytes as base64. */
export function base64Of(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
