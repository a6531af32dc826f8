import { checkOptions } from "@wadesk/core/ports";
import { assertBytes } from "./bytes.ts";
import { hmac, sameText } from "./hmac.ts";

/** What {@link verifyMetaSignature} compares. */
export interface MetaSignature {
  /** The request's bytes exactly as they arrived; JSON that was parsed and written again does not verify. */
  readonly body: Uint8Array;
  /** The header `X-Hub-Signature-256` as it came: `sha256=` and 64 lowercase hex digits. Missing counts as wrong. */
  readonly signature: string | null | undefined;
  /** The App Secret of the app whose webhook this is. An empty one verifies nothing. */
  readonly appSecret: string;
}

const PREFIX = "sha256=";
// 32 bytes as hex
const LENGTH: number = PREFIX.length + 64;

/**
 * Tells whether Meta signed these bytes with this App Secret, by the HMAC-SHA256 that Meta's "Webhooks: validate payloads" describes.
 * Whatever the header holds, the answer is a boolean. Rejects with `raw_body_missing` when `body` is not bytes, since nothing else can be checked.
 *
 * @example
 * const genuine = await verifyMetaSignature({ body, signature: request.headers.get("x-hub-signature-256"), appSecret });
 */
export async function verifyMetaSignature(given: MetaSignature): Promise<boolean> {
  const { body, signature, appSecret } = given;
  // a secret that is not set verifies nothing; one under another name is a mistake
  if (appSecret === undefined)
    checkOptions<MetaSignature>("verifyMetaSignature", given, { body: "any", signature: "any", appSecret: "any" });
  assertBytes(body);
  if (typeof signature !== "string" || signature.length !== LENGTH || !signature.startsWith(PREFIX)) return false;
  if (typeof appSecret !== "string" || appSecret.trim() === "") return false;
  const expected = hmac("sha256", appSecret, [body], "hex");
  return sameText(signature.slice(PREFIX.length), typeof expected === "string" ? expected : await expected);
}
