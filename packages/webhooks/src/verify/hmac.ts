/** The hashes that vendors sign with. */
export type HashName = "sha1" | "sha256";

/** What is signed: bytes, or text as UTF-8. */
export type Part = Uint8Array | string;

/** How a signature is written in its header. */
export type SignatureText = "hex" | "base64";

type NodeCrypto = Pick<typeof import("node:crypto"), "createHmac" | "createHash" | "createSecretKey">;

/**
 * Signs the parts, joined, and answers the signature as text. The answer is a promise only where the runtime has no `node:crypto`,
 * so that the common path pays for no extra turn of the event loop.
 */
export function hmac(hash: HashName, secret: string, parts: readonly Part[], text: SignatureText): string | Promise<string> {
  const node = nodeCrypto();
  return node ? hmacByNode(node, hash, secret, parts, text) : hmacByWebCrypto(hash, secret, parts, text);
}

/** The SHA-256 of some bytes, as lowercase hex. */
export function sha256(bytes: Uint8Array): string | Promise<string> {
  const node = nodeCrypto();
  return node ? node.createHash("sha256").update(bytes).digest("hex") : sha256ByWebCrypto(bytes);
}

/** Compares in a time that depends on the lengths alone. */
export function sameText(left: string, right: string): boolean {
  if (left.length !== right.length) return false;
  let difference = 0;
  for (let index = 0; index < left.length; index += 1) difference |= left.charCodeAt(index) ^ right.charCodeAt(index);
  return difference === 0;
}

/** {@link hmac} over `node:crypto`. */
export function hmacByNode(node: NodeCrypto, hash: HashName, secret: string, parts: readonly Part[], text: SignatureText): string {
  const signer = node.createHmac(hash, keyOf(node, secret));
  for (const part of parts) signer.update(part);
  return signer.digest(text);
}

/** {@link hmac} over WebCrypto, for runtimes without `node:crypto`. */
export async function hmacByWebCrypto(hash: HashName, secret: string, parts: readonly Part[], text: SignatureText): Promise<string> {
  const algorithm = { name: "HMAC", hash: hash === "sha1" ? "SHA-1" : "SHA-256" };
  const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(secret), algorithm, false, ["sign"]);
  const digest = new Uint8Array(await crypto.subtle.sign("HMAC", key, joined(parts.map(bytesOf))));
  return text === "hex" ? hexOf(digest) : btoa(String.fromCharCode(...digest));
}

/** {@link sha256} over WebCrypto. */
export async function sha256ByWebCrypto(bytes: Uint8Array): Promise<string> {
  return hexOf(new Uint8Array(await crypto.subtle.digest("SHA-256", joined([bytes]))));
}

let found: NodeCrypto | undefined | "not looked for" = "not looked for";

/** `node:crypto`, where the runtime has it; looked for on first use, so that importing the package costs nothing. */
export function nodeCrypto(): NodeCrypto | undefined {
  if (found !== "not looked for") return found;
  found = undefined;
  try {
    if (typeof process === "object" && typeof process.getBuiltinModule === "function") found = process.getBuiltinModule("node:crypto");
  } catch {
    // the edge runtime of Next.js has every function of `process`, and each throws when it is called
  }
  return found;
}

type Key = ReturnType<NodeCrypto["createSecretKey"]>;

// Preparing the key is a fifth of signing a short message; few secrets are in use at once, so the oldest may go.
const keys = new Map<string, Key>();
const KEPT_KEYS = 64;

function keyOf(node: NodeCrypto, secret: string): Key {
  const known = keys.get(secret);
  if (known) return known;
  const key = node.createSecretKey(secret, "utf8");
  const [oldest] = keys.keys();
  if (keys.size >= KEPT_KEYS && oldest !== undefined) keys.delete(oldest);
  keys.set(secret, key);
  return key;
}

function bytesOf(part: Part): Uint8Array {
  return typeof part === "string" ? new TextEncoder().encode(part) : part;
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
